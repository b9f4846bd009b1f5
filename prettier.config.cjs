module.exports = {
    // Resolved here, so that it is found wherever it was installed (pre-commit has its own place).
    plugins: [require.resolve("@prettier/plugin-xml")],
    printWidth: 100,
    tabWidth: 4,
    // White space inside an element is part of what is translated.
    xmlWhitespaceSensitivity: "preserve",
};
