package org.obverse.engine.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.record.StudyEvents.Made;
import org.obverse.engine.study.StoredStudy;
import org.obverse.engine.study.StudyFolder;

/**
 * A run at a glance, from its journal, its stored plan and the names and sizes of files: no plugin is loaded and no product opened.
 * What cannot be read is left out and named.
 *
 * @param changed when its journal, or without one its folder, was changed last
 * @param reason why it failed or was interrupted; empty otherwise
 * @param cells how many it has; 0 if it has not begun
 * @param units how many it has; 0 as long as that is not known
 * @param finished how many of them are done
 * @param plan as it was begun; empty if it cannot be read
 * @param headline at most one figure
 * @param artifacts bytes of what its finished units produced, by SHA-256; those that are gone are missing
 * @param problems what is wrong with its folder, each a sentence without a full stop; none if nothing is
 */
public record ListedRun(
        String name,
        FileTime changed,
        Standing standing,
        String reason,
        int cells,
        int units,
        int finished,
        Mapping plan,
        List<Headline> headline,
        Map<String, Long> artifacts,
        List<String> problems) {
    public ListedRun {
        headline = List.copyOf(headline);
        artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
        problems = List.copyOf(problems);
    }

    /** How a run stands at this moment. */
    public enum Standing {
        NOT_BEGUN,
        /** A process works on it. */
        UNDER_WAY,
        /** No process works on it, and none said how it ended. */
        KILLED,
        INTERRUPTED,
        FAILED,
        DONE,
        /** Its journal cannot be read. */
        UNKNOWN
    }

    /**
     * The first figure of the plan's first metric that has any.
     *
     * @param name such as {@code Acc@1(small-inception)}
     * @param lowest of all cells that have it
     * @param highest likewise
     */
    public record Headline(String name, double lowest, double highest) {}

    /**
     * @param store of all runs in the folder that this one lies in
     */
    public static ListedRun of(StudyFolder folder, ArtifactStore store) {
        Glance glance = new Glance(new ArrayList<>());
        StudyEvents events = glance.at(() -> StudyEvents.read(folder.events()), new StudyEvents());
        boolean isKnown = glance.problems().isEmpty();
        boolean isHeld = glance.at(folder::isUnderWay, false);
        Map<String, Long> artifacts = new LinkedHashMap<>();
        for (Made made : events.finished()) {
            Path file = store.artifact(made.artifact()).file();
            if (Files.isRegularFile(file)) {
                artifacts.put(made.artifact(), glance.at(() -> Files.size(file), 0L));
            }
        }
        long gone = events.finished().stream()
                .map(Made::artifact)
                .distinct()
                .filter(artifact -> !artifacts.containsKey(artifact))
                .count();
        if (gone > 0) {
            glance.problems().add(gone + " of its artifacts are gone; resume makes them again");
        }
        Progress progress = events.progress(List.of());
        return new ListedRun(
                folder.name(),
                glance.at(() -> changed(folder), FileTime.fromMillis(0)),
                isHeld ? Standing.UNDER_WAY : isKnown ? standing(progress) : Standing.UNKNOWN,
                progress.reason(),
                glance.at(() -> folder.cells().size(), 0),
                events.planned(),
                events.finished().size(),
                glance.at(() -> StoredStudy.plan(folder.path()), Node.nothing()),
                headline(events.finished()),
                artifacts,
                glance.problems());
    }

    private static FileTime changed(StudyFolder folder) throws IOException {
        return Files.getLastModifiedTime(Files.exists(folder.events()) ? folder.events() : folder.path());
    }

    private static Standing standing(Progress progress) {
        return switch (progress.state()) {
            case NOT_BEGUN -> Standing.NOT_BEGUN;
            case UNFINISHED -> Standing.KILLED;
            case INTERRUPTED -> Standing.INTERRUPTED;
            case FAILED -> Standing.FAILED;
            case DONE -> Standing.DONE;
        };
    }

    private static List<Headline> headline(List<Made> finished) {
        Optional<Made> first = finished.stream()
                .filter(made -> made.slot().equals("metric")
                        && !made.summary().figures().isEmpty())
                .findFirst();
        return first.stream()
                .map(made -> {
                    String name = made.summary().figures().keySet().iterator().next();
                    DoubleSummaryStatistics values = finished.stream()
                            .filter(other -> other.slot().equals("metric")
                                    && other.component().equals(made.component()))
                            .map(other -> other.summary().figures())
                            .filter(figures -> figures.containsKey(name))
                            .collect(Collectors.summarizingDouble(figures -> figures.getOrDefault(name, Double.NaN)));
                    return new Headline(name, values.getMin(), values.getMax());
                })
                .toList();
    }

    /** Reads what it can, and keeps what is wrong with the rest. */
    private record Glance(List<String> problems) {
        <T> T at(Callable<T> part, T otherwise) {
            try {
                return part.call();
            } catch (InvalidConfigurationException e) {
                e.problems().forEach(problem -> problems.add(problem.toString()));
            } catch (Exception e) {
                problems.add(e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause() + ")"));
            }
            return otherwise;
        }
    }
}
