package org.obverse.engine.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Damaged;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.artifact.Sha256;

/**
 * The files that a data set's images come from, as a run keeps them: a text with the columns part, label, bytes, SHA-256 and path. Files
 * of the pool that are in the training part too are listed there only.
 *
 * @param lines by part, in the order of its images; none if the data set reads no files
 */
public record DataManifest(List<Line> lines) {
    /** Changed files that are named one by one. */
    private static final int NAMED = 10;

    /** One image. */
    record Line(Part part, int label, DataFile file) {
        private String text() {
            return "%s\t%d\t%d\t%s\t%s".formatted(name(part), label, file.bytes(), file.sha256(), file.path());
        }

        private static Line of(String text) {
            String[] columns = text.split("\t", 5);
            return new Line(
                    Part.valueOf(columns[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(columns[1]),
                    new DataFile(columns[4], Long.parseLong(columns[2]), columns[3]));
        }
    }

    public DataManifest {
        lines = List.copyOf(lines);
    }

    /** Reads what is needed to tell the files apart. */
    public static DataManifest of(Dataset dataset) {
        List<Line> lines = new ArrayList<>();
        if (dataset instanceof FileBased based) {
            Set<String> training = new HashSet<>();
            for (Part part : Part.values()) {
                if (dataset.parts().contains(part)) {
                    Images images = dataset.images(part);
                    List<DataFile> files = based.files(part);
                    for (int i = 0; i < files.size(); i++) {
                        if (part != Part.POOL || !training.contains(files.get(i).path())) {
                            lines.add(new Line(part, images.label(i), files.get(i)));
                        }
                        if (part == Part.TRAINING) {
                            training.add(files.get(i).path());
                        }
                    }
                }
            }
        }
        return new DataManifest(lines);
    }

    static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** Depends on what the files hold, whom they show and in which part, but not on what they are called; empty without files. */
    public String digest() {
        return lines.isEmpty()
                ? ""
                : Sha256.of(lines.stream()
                        .map(line -> line.part() + " " + line.label() + " "
                                + line.file().sha256())
                        .collect(Collectors.joining("\n")));
    }

    /** Writes nothing if the data set reads no files; a damaged manifest in its place is kept under another name. */
    public void write(Path file) {
        if (lines.isEmpty()) {
            return;
        }
        if (Files.exists(file) && read(file).lines().isEmpty()) {
            keepDamaged(file);
        }
        String text = lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
        try {
            ArtifactStore.writeWhole(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Without lines if there is no such file, or it is damaged. */
    private static DataManifest read(Path file) {
        RegularFile.requireIfThere(file);
        if (!Files.exists(file)) {
            return new DataManifest(List.of());
        }
        try {
            return new DataManifest(Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(Line::of)
                    .toList());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
            return new DataManifest(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void keepDamaged(Path file) {
        try {
            Damaged.keep(file, "whether the data changed since the run began is told by its units alone");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the damaged " + file, e);
        }
    }

    /** What is another one now than in the manifest that a run wrote; nothing if it wrote none. */
    public List<Problem> changesSince(Path file) {
        DataManifest before = read(file);
        if (before.lines().isEmpty() || before.digest().equals(digest())) {
            return List.of();
        }
        List<String> changes = differences(before);
        String named = String.join(", ", changes.subList(0, Math.min(NAMED, changes.size())));
        String more = changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more" : "";
        return List.of(new Problem(
                file.toString(),
                "the data changed since this run began: " + named + more,
                "put the files that it lists back, or start anew with --name"));
    }

    private List<String> differences(DataManifest before) {
        Map<String, Line> then = byPath(before);
        Map<String, Line> now = byPath(this);
        List<String> differences = new ArrayList<>();
        now.forEach((path, line) -> {
            Line old = then.get(path);
            if (old == null) {
                differences.add(path + " is new");
            } else if (!old.file().sha256().equals(line.file().sha256())) {
                differences.add(path + " is another file");
            } else if (!old.equals(line)) {
                differences.add(path + " is in another part or class");
            }
        });
        then.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> differences.add(path + " is gone"));
        if (differences.isEmpty()) {
            differences.add("the files are in another order");
        }
        return differences;
    }

    private static Map<String, Line> byPath(DataManifest manifest) {
        Map<String, Line> lines = new LinkedHashMap<>();
        manifest.lines()
                .forEach(line -> lines.put(
                        (line.part() == Part.PUBLIC ? "public: " : "")
                                + line.file().path(),
                        line));
        return lines;
    }

    /** Files of one content in several parts, as {@code training a.jpg = test b.jpg}. */
    List<String> duplicates() {
        Map<String, Line> seen = new HashMap<>();
        List<String> duplicates = new ArrayList<>();
        for (Line line : lines) {
            Line first = seen.putIfAbsent(line.file().sha256(), line);
            if (first != null && first.part() != line.part() && !bothPrivate(first.part(), line.part())) {
                duplicates.add("%s %s = %s %s"
                        .formatted(
                                name(first.part()),
                                first.file().path(),
                                name(line.part()),
                                line.file().path()));
            }
        }
        return duplicates;
    }

    /** Of {@link #duplicates}, those of which one is public. */
    public List<String> leaked() {
        return duplicates().stream()
                .filter(pair -> pair.contains(" = " + name(Part.PUBLIC) + " "))
                .toList();
    }

    /** The pool and the training part are no two parts of a split. */
    private static boolean bothPrivate(Part a, Part b) {
        return Set.of(Part.TRAINING, Part.POOL).containsAll(Set.of(a, b));
    }
}
