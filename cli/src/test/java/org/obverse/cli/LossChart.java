package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;

/** A plugin of one listener, which draws the loss of each training while it runs. */
public final class LossChart implements Plugin {
    /** The listener's keys. */
    public record Keys(@Meaning("the folder of the figures") String folder) {}

    @Override
    public String id() {
        return "loss-chart";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.LISTENER,
                "loss-chart",
                "Draws the loss of each training while it runs.",
                new Keys("charts"),
                (keys, resources) -> new Listener(Path.of(keys.folder()))));
    }

    private record Listener(Path folder, Map<String, Map<Long, Double>> losses) implements RunListener {
        private Listener(Path folder) {
            this(folder, new LinkedHashMap<>());
        }

        @Override
        public void progressed(Progress progress, RunView run) {
            if (progress instanceof Progress.OfUnit unit && unit.figures().containsKey("loss")) {
                String name = unit.unit().slot();
                losses.computeIfAbsent(name, any -> new LinkedHashMap<>())
                        .put(unit.done(), unit.figures().get("loss"));
                draw(name + "-live.svg", List.copyOf(losses.get(name).values()));
            }
        }

        @Override
        public void completed(RunFact.Completed fact, RunView run) {
            List<Double> epochs = fact.summary().epochs().stream()
                    .map(epoch -> epoch.getOrDefault("loss", Double.NaN))
                    .toList();
            if (!epochs.isEmpty()) {
                draw(fact.unit().slot() + ".svg", epochs);
            }
        }

        private void draw(String name, List<Double> curve) {
            StringJoiner points =
                    new StringJoiner(" ", "<svg xmlns='http://www.w3.org/2000/svg'><polyline points='", "'/></svg>");
            for (int i = 0; i < curve.size(); i++) {
                points.add(10 * i + "," + 100 * curve.get(i));
            }
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(name), points.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
