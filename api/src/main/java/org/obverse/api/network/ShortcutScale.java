package org.obverse.api.network;

/** The factor of shortcuts, which may change while a network is trained. */
@FunctionalInterface
public interface ShortcutScale {
    /** There are no shortcuts, at any time. */
    ShortcutScale NONE = progress -> 0;

    /**
     * @param progress as {@link Pass#progress}
     * @return finite
     */
    double factor(double progress);
}
