import { inputFiles } from "@web/../tests/utils";
import { addTour } from "./patience";

/** Throws when anything reaches beyond the right edge of the screen. */
function assertNothingSticksOut() {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("#wrapwrap *")].filter(
        (el) => el.checkVisibility() && el.getBoundingClientRect().right > width + 1,
    );
    if (document.documentElement.scrollWidth > width || wide.length) {
        throw new Error(`sticks out: ${wide.map((el) => el.outerHTML.slice(0, 120))}`);
    }
}

/** Chooses a file in the field of files, as a hand would. */
function choose(name, content) {
    return () => inputFiles("#o_pr_file", [new File([content], name)]);
}

addTour("performance_self_assessment", {
    // Opened at the address of the invitation.
    steps: () => [
        {
            content: "the own figures stand beside the question about the period",
            trigger: ".o_pr_questions.o_pr_past .o_pr_own_figures:contains(7 / 10 keys)",
            run: assertNothingSticksOut,
        },
        {
            content: "answer",
            trigger: ".o_pr_self_assessment textarea[data-is-question]:first",
            run: "edit I finished the new bench in time.",
        },
        {
            content: "results",
            trigger: "#o_pr_text_results",
            run: "edit Forty keys copied",
        },
        {
            content: "two items for the agenda",
            trigger: "#o_pr_text_agenda",
            run: ({ anchor }) => {
                anchor.value = "The second bench\nShifts";
                anchor.dispatchEvent(new Event("input", { bubbles: true }));
            },
        },
        {
            content: "a goal has its concerns below it",
            trigger: ".o_pr_concern summary:contains(Keys returned)",
            run: "click",
        },
        {
            content: "outside my control",
            trigger: ".o_pr_concern[open] textarea[data-field$=':outside']",
            run: "edit Shops close at four",
        },
        { content: "counted", trigger: ".o_pr_concern_count:visible:contains(1)" },
        { content: "saved", trigger: ".o_pr_save_state[data-state=saved]" },
        {
            content: "what runs by itself is refused in words",
            trigger: "#o_pr_file",
            run: choose("page.html", "<script>alert(1)</script>"),
        },
        { trigger: ".o_pr_file_error:visible:contains(page.html)" },
        {
            content: "a file",
            trigger: "#o_pr_file:enabled",
            run: choose("Key list.pdf", "%PDF-1.7 keys"),
        },
        {
            content: "it is there, and the refusal is gone",
            trigger: ".o_pr_files:has(.o_pr_file_error.d-none) .o_pr_file a:contains(Key_list.pdf)",
        },
        {
            content: "one too many",
            trigger: "#o_pr_file:enabled",
            run: choose("Wrong.txt", "wrong"),
        },
        {
            content: "taken out again",
            trigger: ".o_pr_file:contains(Wrong.txt) .o_pr_file_remove",
            run: "click",
        },
        {
            trigger: ".o_pr_file_list:not(:contains(Wrong.txt))",
            run: assertNothingSticksOut,
        },
        { content: "hand it in", trigger: ".o_pr_submit:enabled", run: "click" },
        {
            trigger: "#o_pr_submit_modal.show .o_pr_submit_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "told so", trigger: ".o_pr_message:contains(handed in)" },
        {
            content: "all of it can be read",
            trigger:
                ".o_pr_review:not(:has(form.o_pr_self_assessment)) #self_assessment:contains(Shops close at four):contains(Shifts):contains(Key_list.pdf)",
            run: assertNothingSticksOut,
        },
    ],
});
