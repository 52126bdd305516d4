package org.obverse.engine.study;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;

/**
 * A study as it was begun, kept as {@code study.yaml} in its folder, so that it can be gone on with from its name alone.
 *
 * @param base the folder to which file names in the plan are relative
 */
public record StoredStudy(Study study, Path base) {
    private static final String FILE = "study.yaml";
    private static final String BASE = "files-relative-to";
    private static final String PLAN = "plan";

    /** Whether a study was begun in a folder. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * The plan of the study in a folder as it was written, without asking whether its components are there.
     *
     * @throws InvalidConfigurationException if it cannot be read
     */
    public static Mapping plan(Path folder) {
        Path file = folder.resolve(FILE);
        if (Yaml.read(StudyFolder.text(file), file.toString()).child(PLAN).orElse(Node.nothing())
                instanceof Mapping plan) {
            return plan;
        }
        throw changed(file);
    }

    /**
     * @param runs the folder of all runs
     * @throws InvalidConfigurationException if there is no study of that name, or a component of its plan is gone
     */
    public static StoredStudy read(Path runs, String name, PlanReader reader) {
        Path file = runs.resolve(name).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new InvalidConfigurationException(new Problem(
                    runs.resolve(name).toString(),
                    "there is no run '" + name + "'",
                    Suggestion.of(name, "runs in " + runs, names(runs))));
        }
        Node tree = Yaml.read(StudyFolder.text(file), file.toString());
        if (tree.child(PLAN).orElse(tree) instanceof Mapping plan
                && tree.child(BASE).orElse(tree) instanceof Scalar base) {
            Mapping named = plan.with("name", new Scalar(name, plan.line("name")));
            return new StoredStudy(
                    reader.read(named, name), Path.of(base.value().toString()));
        }
        throw changed(file);
    }

    private static InvalidConfigurationException changed(Path file) {
        return new InvalidConfigurationException(new Problem(
                file.toString(), "the file was changed and is no stored study any more", "start anew with --name"));
    }

    private static List<String> names(Path runs) {
        return StudyFolder.all(runs).stream()
                .filter(folder -> isIn(folder.path()))
                .map(StudyFolder::name)
                .toList();
    }

    /**
     * Nothing was run before.
     *
     * @throws InvalidConfigurationException if it cannot be written
     */
    void write(Path folder) {
        Mapping stored = Node.nothing()
                .with(BASE, new Scalar(base.toAbsolutePath().normalize().toString(), 0))
                .with(PLAN, study.source().with("name", new Scalar(study.name(), 0)));
        try {
            StudyFolder.write(folder.resolve(FILE), Yaml.write(stored));
        } catch (UncheckedIOException e) {
            throw FolderLock.readOnly(folder, String.valueOf(e.getCause()));
        }
    }
}
