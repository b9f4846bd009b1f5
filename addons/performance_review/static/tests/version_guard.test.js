import { describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Agreed extends models.Model {
    _name = "agreed";

    name = fields.Char();
    target = fields.Float();
    seen_values = fields.Json();
    _records = [{ id: 1, name: "Before", target: 4 }];
}

class Unguarded extends models.Model {
    _name = "unguarded";

    name = fields.Char();
    _records = [{ id: 1, name: "Before" }];
}

defineMailModels();
defineModels([Agreed, Unguarded]);

function mountForm(resModel, resId, arch) {
    onRpc(resModel, "web_save", ({ args }) => {
        const { name, ...others } = args[1];
        expect.step({ name, ...others });
        return [{ id: 1 }];
    });
    return mountView({ type: "form", resModel, resId, arch });
}

const ARCH = `<form><field name="name"/><field name="target"/>
    <field name="seen_values" invisible="1"/></form>`;

test("a form sends what it showed of the fields it changes", async () => {
    await mountForm("agreed", 1, ARCH);
    await contains(".o_field_widget[name=name] input").edit("After");
    await clickSave();
    expect.verifySteps([{ name: "After", seen_values: { name: "Before" } }]);
});

test("a new record has not been seen by anybody", async () => {
    await mountForm("agreed", false, ARCH);
    await contains(".o_field_widget[name=name] input").edit("New");
    await clickSave();
    expect.verifySteps([{ name: "New", target: 0, seen_values: false }]);
});

test("nothing is sent for a model without the guard", async () => {
    await mountForm("unguarded", 1, `<form><field name="name"/></form>`);
    await contains(".o_field_widget[name=name] input").edit("After");
    await clickSave();
    expect.verifySteps([{ name: "After" }]);
});
