package org.obverse.engine.plugin;

import java.util.List;
import java.util.stream.Collectors;

/** A plugin cannot be loaded, or broke its contract; says which one and where it came from. Exit code 3. */
public final class PluginFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String reason;
    private final boolean located;

    /**
     * @param source the jar or folder of the plugin
     * @param reason the rule that it breaks and the way out
     */
    public PluginFailedException(String source, String reason) {
        super(reason + " [" + source + "]");
        this.source = source;
        this.reason = reason;
        this.located = false;
    }

    private PluginFailedException(String place, PluginFailedException failure) {
        super(place + ": " + failure.reason + " [" + failure.source + "]", failure.getCause());
        this.source = failure.source;
        this.reason = place + ": " + failure.reason;
        this.located = true;
    }

    /** A failure inside the plugin. */
    public PluginFailedException(String source, String doing, Throwable failure) {
        this(source, doing + " failed: " + words(failure));
        initCause(failure);
    }

    /** Everything that was refused, at once. */
    PluginFailedException(List<Refusal> refusals) {
        super(refusals.stream()
                .map(refusal -> System.lineSeparator() + "  " + refusal)
                .collect(Collectors.joining("", "refused, so nothing was started:", "")));
        this.source = refusals.stream().map(Refusal::source).collect(Collectors.joining(", "));
        this.reason = String.valueOf(getMessage());
        this.located = true;
    }

    /** The same failure with the key of the plan where it came up, unless it names a more precise one. */
    public PluginFailedException at(String key) {
        return located ? this : new PluginFailedException(key, this);
    }

    /** The same failure with the unit that it was about to serve. */
    public PluginFailedException during(String unit) {
        return new PluginFailedException("unit " + unit, this);
    }

    /** What a failure says of itself; a plugin's own Throwable may throw even then. */
    public static String words(Throwable failure) {
        try {
            return failure.toString();
        } catch (Throwable e) {
            return failure.getClass().getName();
        }
    }

    /** The jar or folder of the plugin. */
    public String source() {
        return source;
    }

    Refusal refusal() {
        boolean thrown = getCause() != null;
        return new Refusal(source, thrown ? reason + "; take a mended jar, or remove it" : reason);
    }
}
