package org.obverse.plugins.faces;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Offers the data set {@code synthetic-faces}. */
public final class SyntheticFacesPlugin implements Plugin {
    @Override
    public String id() {
        return "synthetic-faces";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.DATASET,
                "synthetic-faces",
                "Drawn faces of people who do not exist, labelled private ones and public ones of other people;"
                        + " Obverse's own benchmark for a CPU.",
                SyntheticFacesConfiguration.DEFAULT,
                (configuration, resources) -> new SyntheticFaces(configuration, resources.random())));
    }
}
