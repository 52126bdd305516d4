package org.obverse.engine.plugin;

/** A plugin cannot be loaded, or broke its contract; says which one and where it came from. Exit code 3. */
public final class PluginFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;

    /**
     * @param source the jar or folder of the plugin
     * @param reason the rule that it breaks and the way out
     */
    public PluginFailedException(String source, String reason) {
        super(reason + " [" + source + "]");
        this.source = source;
    }

    /** A failure inside the plugin. */
    public PluginFailedException(String source, String doing, Throwable failure) {
        super(doing + " failed: " + failure + " [" + source + "]", failure);
        this.source = source;
    }

    /** The jar or folder of the plugin. */
    public String source() {
        return source;
    }
}
