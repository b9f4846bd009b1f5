import { addTour } from "./patience";

/** The hour in the room, with the mouse and then with keys; Python looks at what was stored. */

const ROOM = ".o_pr_room";
const step = (code) => `${ROOM} [data-step=${code}]`;
const saved = { content: "all is stored", trigger: `${ROOM} .fa-check.text-success` };

function type(content, trigger, text) {
    return { content, trigger, run: `edit ${text}` };
}

addTour("performance_room_talk", {
    steps: () => [
        {
            content: "enter the room from the review",
            trigger: ".o_statusbar_buttons button[name=action_open_room]:visible",
            run: "click",
        },
        {
            content: "nothing but the room on the screen",
            trigger: `body:not(:has(.o_main_navbar)) ${ROOM} .o_pr_room_words`,
        },
        {
            content: "start",
            trigger: `${ROOM} header button:contains(Start the dialogue)`,
            run: "click",
        },
        {
            content: "the employee speaks",
            trigger: `${ROOM} .o_pr_room_talk button:contains(Pr Worker)`,
            run: "click",
        },
        {
            content: "it counts",
            trigger: `${ROOM} .o_pr_room_talk button.btn-primary:contains(0:02)`,
        },
        type(
            "note what was said",
            `${ROOM} .o_pr_room_topic:first textarea`,
            "The new bench was in time",
        ),
        {
            content: "it ticks itself off",
            trigger: `${ROOM} .o_pr_room_topic:first input:checked:not(:visible), ${ROOM} .o_pr_room_topic:first.o_pr_room_done`,
        },
        type("ask a question of one's own", `${ROOM} form input`, "How was the move?"),
        { content: "add it", trigger: `${ROOM} form button`, run: "click" },
        {
            content: "it stands among the others",
            trigger: `${ROOM} .o_pr_room_topic:contains(How was the move?)`,
        },
        { content: "on to the present", trigger: step("present"), run: "click" },
        {
            content: "how long it can go on like this",
            trigger: `${ROOM} label:contains(Hardly)`,
            run: "click",
        },
        {
            content: "start feedback from a prepared point",
            trigger: `${ROOM} .o_pr_room_hand [data-kind=strength]:first button`,
            run: "click",
        },
        type("the effect", `${ROOM} [data-best=effect] textarea`, "Nothing was ordered twice"),
        type(
            "a suggestion",
            `${ROOM} [data-best=suggestion] textarea`,
            "Keep asking before ordering",
        ),
        {
            content: "note it for the agreement",
            trigger: `${ROOM} .o_pr_room_note [data-kind=change]`,
            run: "click",
        },
        {
            content: "it stands on the side",
            trigger: `${ROOM} .o_pr_room_draft textarea:value(Keep asking before ordering)`,
        },
        {
            content: "pause",
            trigger: `${ROOM} .o_pr_room_talk button[aria-label=Pause]`,
            run: "click",
        },
        saved,
    ],
});

addTour("performance_room_close", {
    steps: () => [
        {
            content: "back in the room, where the text still stands",
            trigger: `${ROOM} [data-step=past]`,
            run: "click",
        },
        {
            trigger: `${ROOM} .o_pr_room_topic:contains(How was the move?)`,
        },
        { content: "close", trigger: step("closing"), run: "click" },
        {
            content: "what is missing is said",
            trigger: `${ROOM} .alert:contains(Nothing talked about in “Present”)`,
        },
        {
            content: "end",
            trigger: `${ROOM} main button:contains(End and go to the agreement)`,
            run: "click",
        },
        {
            content: "the review is one step on",
            trigger: ".o_form_view .o_arrow_button_current:contains(Agreement)",
        },
    ],
});
