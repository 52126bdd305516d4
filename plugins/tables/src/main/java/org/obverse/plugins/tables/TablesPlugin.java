package org.obverse.plugins.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class TablesPlugin implements Plugin {
    /** The keys of {@code tables}. */
    record Settings(
            @Meaning(
                    "the folder, relative to the plan, in which each run gets a folder of its name; empty for 'tables' in"
                            + " the run's own folder")
            String folder) {
        static final Settings DEFAULT = new Settings("");
    }

    @Override
    public String id() {
        return "tables";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.LISTENER,
                "tables",
                "Writes the run as CSV tables (RFC 4180): facts.csv, curves.csv and metrics.csv.",
                Settings.DEFAULT,
                (settings, resources) -> new Tables(
                        settings.folder().isEmpty()
                                ? Optional.<Path>empty()
                                : Optional.of(resources.workspace().path(settings.folder())))));
    }
}
