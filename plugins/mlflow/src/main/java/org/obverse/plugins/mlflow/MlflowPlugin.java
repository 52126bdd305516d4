package org.obverse.plugins.mlflow;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class MlflowPlugin implements Plugin {
    @Override
    public String id() {
        return "mlflow";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.LISTENER,
                "mlflow",
                "Tracks the run in MLflow: an experiment per study, a run per cell (REST API 2.0, or the layout of its file"
                        + " store).",
                Settings.DEFAULT,
                (settings, resources) -> new MlflowListener(settings.target(resources.workspace()))));
    }
}
