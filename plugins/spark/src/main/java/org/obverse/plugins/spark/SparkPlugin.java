package org.obverse.plugins.spark;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class SparkPlugin implements Plugin {
    @Override
    public String id() {
        return "spark";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.PLACE,
                "spark",
                "Performs units in tasks of a Spark application, which it starts by spark-submit.",
                Tasks.DEFAULT,
                (tasks, resources) -> new Spark(tasks)));
    }
}
