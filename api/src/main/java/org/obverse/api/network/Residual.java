package org.obverse.api.network;

import java.util.List;

/**
 * An architecture of which some stages are of residual blocks, {@code y = F(x) + s(x)} with a shortcut s (He et al. 2016), so that
 * a defense can take less of the shortcuts, or leave them out. Where shortcuts are concatenations (Huang et al. 2017), all of them the
 * identity, they can only be left out: of what follows, tensors then keep their names and become narrower.
 */
public interface Residual extends ClassifierArchitecture {
    /** The names of the stages with shortcuts, in order, at least one; each is also that of the stage's {@link Tap}. */
    List<String> residualStages();

    /**
     * The same architecture, whose blocks of a stage compute {@code F(x) + k s(x)}. The names of tensors stay; {@link
     * ShortcutScale#NONE} leaves the shortcuts out, and the tensors that they have.
     *
     * @return an architecture with every facet of this one
     * @throws org.obverse.api.plugin.InvalidConfigurationException if no stage of that name has such shortcuts, they are scaled
     *     already, or they are concatenations and the scale is not {@link ShortcutScale#NONE}
     */
    ClassifierArchitecture scaled(String stage, Shortcuts which, ShortcutScale scale);

    /** The shortcuts that are scaled; others stay whole. */
    enum Shortcuts {
        ALL,
        /** Those that are the identity, and not the one of a stage's first block that changes channels or extent. */
        IDENTITIES
    }
}
