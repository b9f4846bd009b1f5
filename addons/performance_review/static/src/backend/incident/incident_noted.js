import { registry } from "@web/core/registry";

/** Say that something is noted, and lead to it whoever wants to share it at once. */
function sayNoted({ services }, { params: { message, label, open } }) {
    const close = services.notification.add(message, {
        type: "success",
        autocloseDelay: 10_000, // time to decide whether to share it
        buttons: [
            {
                name: label,
                onClick: () => {
                    close();
                    services.action.doAction(open);
                },
            },
        ],
    });
    return { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("performance_incident_noted", sayNoted);
