package org.obverse.cli.view;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.StoredJson;
import org.obverse.engine.plan.Study;
import org.obverse.engine.study.StudyFolder;

/**
 * A run of another process, or one that is over, as its folder tells it: a listener hears the facts in its journal, and no progress.
 * Confined to one thread.
 */
public final class FollowedRun implements RunView {

    private final Study study;
    private final StudyFolder folder;
    private final ArtifactStore artifacts;
    private final RunListener listener;
    private final Map<UnitName, RunFact> made = new LinkedHashMap<>();
    private List<Cell> cells = List.of();
    private long read;

    /**
     * @param runs the folder of all runs
     */
    public FollowedRun(Study study, Path runs, ArtifactStore artifacts, RunListener listener) {
        this.study = study;
        this.folder = StudyFolder.of(runs, study.name());
        this.artifacts = artifacts;
        this.listener = listener;
    }

    /**
     * Tells what was added to the journal since the last call. What is over already when it is read is told as its end alone, so that
     * nobody takes the time of reading for the time of the work.
     *
     * @throws UncheckedIOException if the journal cannot be read
     */
    public void catchUp() {
        List<RunFact> facts =
                added().lines().map(FollowedRun::fact).flatMap(Optional::stream).toList();
        Set<UnitName> settled = new HashSet<>();
        facts.forEach(fact -> settledBy(fact).ifPresent(settled::add));
        for (RunFact fact : facts) {
            if (!(fact instanceof RunFact.Offered offered && settled.contains(offered.unit()))) {
                tell(fact);
            }
        }
    }

    /** Whole lines; a journal that became shorter is another one, and read from its beginning. */
    private String added() {
        Path journal = folder.events();
        if (!Files.isRegularFile(journal)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "r")) {
            read = file.length() < read ? 0 : read;
            byte[] bytes = new byte[Math.toIntExact(file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + journal, e);
        }
    }

    /** Nothing if the line is damaged: what is not known is not shown. */
    private static Optional<RunFact> fact(String line) {
        try {
            return Optional.of(StoredJson.read(line, RunFact.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<UnitName> settledBy(RunFact fact) {
        if (fact instanceof RunFact.Completed e) {
            return Optional.of(e.unit());
        }
        return fact instanceof RunFact.Failed e ? Optional.of(e.unit()) : Optional.empty();
    }

    private void tell(RunFact fact) {
        if (fact instanceof RunFact.Planned e) {
            plan(e);
        } else if (fact instanceof RunFact.Offered e) {
            listener.offered(e, this);
        } else if (fact instanceof RunFact.Lost e) {
            listener.lost(e, this);
        } else if (fact instanceof RunFact.Completed e) {
            made.put(e.unit(), e);
            listener.completed(e, this);
        } else if (fact instanceof RunFact.Reused e) {
            made.put(e.unit(), e);
            listener.reused(e, this);
        } else if (fact instanceof RunFact.Failed e) {
            listener.failed(e, this);
        } else if (fact instanceof RunFact.Ended e) {
            listener.ended(e, this);
        }
    }

    /** A run that goes on does not journal again what it has. */
    private void plan(RunFact.Planned fact) {
        Map<String, UnitName> names = new HashMap<>();
        fact.units().forEach(unit -> names.put(unit.unit().toString(), unit.unit()));
        cells = study.cells().stream()
                .map(cell -> {
                    Map<String, String> coordinates = new LinkedHashMap<>();
                    cell.coordinates().forEach(at -> coordinates.put(at.axis(), at.value()));
                    return new Cell(
                            cell.name(), coordinates, folder.plan(cell.name()).orElse(""), units(cell.name(), names));
                })
                .toList();
        made.keySet().retainAll(Set.copyOf(names.values()));
        listener.planned(fact, this);
        List.copyOf(made.values()).forEach(this::tell);
    }

    private List<UnitName> units(String cell, Map<String, UnitName> names) {
        return folder.units(cell).keySet().stream()
                .filter(names::containsKey)
                .map(names::get)
                .toList();
    }

    @Override
    public String name() {
        return study.name();
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public List<Cell> cells() {
        return cells;
    }

    @Override
    public Optional<Product> product(UnitName unit) {
        RunFact fact = made.get(unit);
        if (fact instanceof RunFact.Completed e) {
            return Optional.of(product(e.artifact(), e.summary()));
        }
        return fact instanceof RunFact.Reused e ? Optional.of(product(e.artifact(), e.summary())) : Optional.empty();
    }

    private Product product(String artifact, Summary summary) {
        return new Product(artifact, artifacts.artifact(artifact).file(), summary);
    }
}
