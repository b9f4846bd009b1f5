/**
 * Count the clicks of a tour, and fail when it takes more than were promised.
 *
 * @param {number} most how many are allowed
 * @returns {{ click: (trigger: string, content?: string) => Object, check: Object }} what makes a
 *  step that clicks, and the last step
 */
export function countClicks(most) {
    let clicks = 0;
    return {
        click: (trigger, content = "") => ({
            content,
            trigger,
            async run(helpers) {
                clicks += 1;
                await helpers.click();
            },
        }),
        check: {
            content: "in so few clicks",
            trigger: "body",
            run() {
                if (clicks > most) {
                    throw new Error(`${clicks} clicks, at most ${most} are allowed`);
                }
                console.log(`done with ${clicks} clicks`);
            },
        },
    };
}
