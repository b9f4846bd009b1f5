import { addTour } from "./patience";

/** A manager notes something about somebody of the team: button, sentence, person, noted. */
addTour("performance_incident", {
    url: "/odoo/action-performance_review.performance_review_action",
    steps: () => [
        {
            content: "first action: the button in the systray",
            trigger: ".o_performance_incident_menu button[data-polarity=negative]",
            run: "click",
        },
        {
            content: "the cursor stands in the sentence",
            trigger: ".modal .o_field_widget[name=name] input:focus",
            run: "edit Shipped without the second reading",
        },
        {
            content: "second action: about whom",
            trigger: ".modal .o_field_widget[name=employee_id] label:contains(Pr Porter)",
            run: "click",
        },
        {
            content: "third action, by the keyboard",
            trigger: ".modal .o_field_widget[name=employee_id] input:checked",
            run: "press Control+Enter",
        },
        {
            content: "who can read it is said at once",
            trigger:
                ".o_notification:contains(Only you can read it) .o_notification_buttons button",
            run: "click",
        },
        {
            content: "the note says who will read it before anybody does",
            trigger: ".o_form_view [name=readers_text]:contains(Pr Porter (employee))",
        },
        {
            content: "sharing is an act of its own",
            trigger: ".o_form_view button[name=action_share]",
            run: "click",
        },
        { content: "meant", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "shared, and it stays as it is",
            trigger: ".o_form_view:not(:has(button[name=action_share])) [name=shared]",
        },
    ],
});
