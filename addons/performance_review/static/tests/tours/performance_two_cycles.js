import { addTour } from "./patience";

/**
 * Two cycles of one person, back office on a desk and portal on a phone. The Python test plays what
 * lies between on the same data and travels in time.
 */
const GOAL = ".o_pr_noting_line[data-key^=goal]";

addTour("performance_two_cycles_checkpoint", {
    steps: () => [
        { trigger: "div[name=next_action] button:visible", run: "click" },
        { trigger: `${GOAL} button[data-act=open]`, run: "click" },
        { trigger: `${GOAL} input[aria-label='New target']`, run: "edit 6" },
        {
            trigger: `${GOAL} input[aria-label^='Why']`,
            run: "edit Two plants were merged",
        },
        {
            content: "what is typed stays while the target is proposed",
            trigger: `${GOAL} input[aria-label='Where it stands now']`,
            run: "edit 7",
        },
        { trigger: `${GOAL} button[data-act=propose]:enabled`, run: "click" },
        { trigger: `${GOAL} .o_pr_target_open:contains(proposes 6 per month)` },
        { trigger: ".o_pr_noting button[data-act=done]:enabled", run: "click" },
        { trigger: ".o_form_view:not(:has(.modal))" },
    ],
});

addTour("performance_two_cycles_answer", {
    steps: () => [
        {
            content: "said first, with a way there",
            trigger: ".o_pr_next:contains(Another target of yours is proposed) a[href='#plan']",
        },
        { trigger: ".o_pr_target_open:contains(Two plants were merged)" },
        {
            trigger: ".o_pr_target_open button[value=accept]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "what was signed and what holds, side by side",
            trigger: ".o_pr_goal:contains(4 per month) .o_pr_target_change:contains(6 per month)",
        },
    ],
});

function finish(name, outcomes, said) {
    addTour(name, {
        steps: () => [
            {
                trigger: ".o_statusbar_buttons button[name=action_open_closing]:visible",
                run: "click",
            },
            ...outcomes.flatMap((outcome, index) => [
                {
                    trigger: `.o_pr_closing_lines button:eq(${index})[aria-current=step]`,
                },
                {
                    trigger: `.o_pr_closing_outcomes button[data-outcome=${outcome}]:enabled`,
                    run: "click",
                },
            ]),
            { trigger: `.o_pr_closing:contains(${said})` },
            {
                trigger: ".o_pr_closing .btn-primary:enabled:contains(Finish the review)",
                run: "click",
            },
            { trigger: ".o_form_view:not(:has(.modal)) .o_arrow_button_current:contains(Done)" },
        ],
    });
}

finish("performance_two_cycles_first_end", ["recurred", "untouched", "closed"], "1 of 3 kept");
finish("performance_two_cycles_second_end", ["improved", "closed"], "2 of 2 kept");

addTour("performance_two_cycles_second", {
    steps: () => [
        {
            content: "the rate of last time, in one line",
            trigger: ".o_performance_last_time .o_pr_fold:contains(1 of 3 kept)",
            run: "click",
        },
        { trigger: ".o_performance_last_time .display-6:contains(33%)" },
        {
            trigger:
                ".o_performance_last_time button[aria-label='Take along: Confirms every handover in writing']",
            run: "click",
        },
        { trigger: ".o_performance_last_time li:contains(Confirms every):contains(Taken along)" },
        {
            trigger:
                ".o_performance_last_time button[aria-label='Drop: Reads the new drawings']:enabled",
            run: "click",
        },
        { trigger: ".o_pr_leave input", run: "edit The drawings are gone" },
        { trigger: ".o_pr_leave button:enabled", run: "click" },
        {
            trigger:
                ".o_performance_last_time li:contains(Reads the new):contains(dropped: The drawings are gone)",
        },
    ],
});

addTour("performance_two_cycles_last_time", {
    steps: () => [
        { trigger: "#last_time:contains(33%):contains(1 of 3 kept)" },
        { trigger: "#last_time li:contains(Reads the new):contains(The drawings are gone)" },
    ],
});
