package org.obverse.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process tells its caller. */
enum Exit {
    DONE(0, "done"),
    PLAN(2, "the plan, an option or a file cannot be used; nothing was run"),
    PLUGIN(3, "a plugin failed"),
    DEVICE(4, "the native engine or the device failed"),
    FAILED(5, "the run failed"),
    INTERRUPTED(130, "interrupted; resume goes on. Ended by TERM it is 143, by HUP 129");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** For the help. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (Exit exit : values()) {
            meanings.put(String.valueOf(exit.code), exit.meaning);
        }
        return meanings;
    }
}
