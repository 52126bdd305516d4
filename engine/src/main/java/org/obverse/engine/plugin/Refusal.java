package org.obverse.engine.plugin;

/**
 * Why something in a folder of plugins is not loaded.
 *
 * @param source the jars or folders that are concerned
 * @param reason the rule and the way out
 */
public record Refusal(String source, String reason) {
    @Override
    public String toString() {
        return source + ": " + reason;
    }
}
