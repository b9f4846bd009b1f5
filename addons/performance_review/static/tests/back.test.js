import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

describe.current.tags("desktop");

class Talk extends models.Model {
    _name = "talk";

    name = fields.Char();
    _records = [
        { id: 1, name: "Wang" },
        { id: 2, name: "Liu" },
    ];
    _views = {
        list: `<list><field name="name"/></list>`,
        form: `<form><field name="name"/></form>`,
    };
}

class Room extends models.Model {
    _name = "room";

    name = fields.Char();
    _records = [{ id: 7, name: "Interview room" }];
    _views = { form: `<form><field name="name"/></form>` };
}

defineMailModels();
defineModels([Talk, Room]);

const ROOM = {
    type: "ir.actions.act_window",
    res_model: "room",
    res_id: 7,
    views: [[false, "form"]],
};
const BACK = {
    type: "ir.actions.client",
    tag: "performance_review_back",
    params: {
        next: {
            type: "ir.actions.act_window",
            name: "Talk of Wang",
            res_model: "talk",
            res_id: 1,
            views: [[false, "form"]],
        },
    },
};

function where() {
    return queryAllTexts(".o_breadcrumb li, .o_last_breadcrumb_item");
}

/** Open the first of a list, and return where that is. */
async function openFirst(doAction) {
    await doAction({
        type: "ir.actions.act_window",
        name: "My team",
        res_model: "talk",
        views: [
            [false, "list"],
            [false, "form"],
        ],
    });
    await contains(".o_data_cell:first").click();
    return where();
}

test("goes back along the breadcrumbs", async () => {
    await mountWithCleanup(WebClient);
    const { doAction } = getService("action");
    const before = await openFirst(doAction);
    expect(".o_form_view .o_field_widget[name=name] input").toHaveValue("Wang");
    await doAction(ROOM);
    expect(".o_form_view .o_field_widget[name=name] input").toHaveValue("Interview room");
    await doAction(BACK);
    await animationFrame();
    expect(".o_form_view .o_field_widget[name=name] input").toHaveValue("Wang");
    expect(where()).toEqual(before);
});

test("goes on where there is no way back", async () => {
    await mountWithCleanup(WebClient);
    const { doAction } = getService("action");
    await doAction(ROOM);
    await doAction(BACK);
    await animationFrame();
    expect(".o_form_view .o_field_widget[name=name] input").toHaveValue("Wang");
});

test("the next person takes the place of this one", async () => {
    await mountWithCleanup(WebClient);
    const { doAction } = getService("action");
    const before = await openFirst(doAction);
    await doAction({
        type: "ir.actions.client",
        tag: "performance_review_replace",
        params: { next: { ...BACK.params.next, res_id: 2 } },
    });
    await animationFrame();
    expect(".o_form_view .o_field_widget[name=name] input").toHaveValue("Liu");
    expect(where()).toHaveLength(before.length);
    expect(where()[0]).toBe(before[0]);
    await contains(".o_back_button").click();
    expect(".o_list_view").toHaveCount(1);
});
