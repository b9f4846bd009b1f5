import { describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Talk extends models.Model {
    _name = "talk";

    name = fields.Char();
    label = fields.Char();
    _records = [
        { id: 1, name: "Mine", label: "Sign" },
        { id: 2, name: "Not mine", label: false },
    ];
}

defineMailModels();
defineModels([Talk]);

const ARCH = `<list><field name="name"/><field name="label" widget="performance_next_action"/></list>`;

test("one button for each row that has a verb", async () => {
    await mountView({ type: "list", resModel: "talk", arch: ARCH });
    expect(".o_data_row:eq(0) .o_performance_next_action").toHaveText("Sign");
    expect(".o_data_row:eq(1) .o_performance_next_action").toHaveCount(0);
});

test("a click does what is next and does not open the row", async () => {
    onRpc("talk", "action_do_next", ({ args }) => {
        expect.step(`do ${args[0]}`);
        return { type: "ir.actions.act_window", res_model: "talk", views: [[false, "form"]] };
    });
    mockService("action", { doAction: (action) => expect.step(action.res_model) });
    await mountView({
        type: "list",
        resModel: "talk",
        arch: ARCH,
        selectRecord: () => expect.step("opened"),
    });
    await contains(".o_performance_next_action").click();
    expect.verifySteps(["do 1", "talk"]);
});
