package org.obverse.cli.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.artifact.Sha256;

/**
 * A folder of panels, which appears whole or not at all, and which only its owner may open:
 *
 * <pre>
 * README.txt             for whoever asks
 * questions.txt          what is asked, and how it is answered
 * panels/panel-001.png   the pictures, in random order
 * key.csv                what they show: not for those who judge
 * </pre>
 */
public final class PanelFolder implements AutoCloseable {
    static final String PICTURES = "panels";

    private static final FileTime SAME = FileTime.fromMillis(0);

    private final Path target;
    private final Path draft;
    private final List<Panel> panels = new ArrayList<>();

    private PanelFolder(Path target, Path draft) {
        this.target = target;
        this.draft = draft;
    }

    /**
     * Begins one, beside where it is to stand.
     *
     * @param target not there, or empty
     */
    public static PanelFolder of(Path target) {
        Path whole = target.toAbsolutePath().normalize();
        try {
            DurableFolder.of(whole).make();
            Path draft = Files.createTempDirectory(whole.resolveSibling(""), "." + whole.getFileName() + "-");
            Files.createDirectory(draft.resolve(PICTURES));
            return new PanelFolder(whole, draft);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write beside " + whole, e);
        }
    }

    /**
     * Writes a picture.
     *
     * @param panel without name and hash
     */
    void add(Panel panel, byte[] picture) {
        Path file = unnamed(panels.size());
        try {
            Files.write(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        panels.add(panel.as("", Sha256.of(picture)));
    }

    private Path unnamed(int number) {
        return draft.resolve(PICTURES).resolve(String.valueOf(number));
    }

    /**
     * Names the pictures in random order, of which neither names nor times tell anything, writes what belongs to them and puts the folder in
     * its place.
     *
     * @param run whose panels they are
     * @return how many panels there are
     */
    public int finish(String run, RandomStream random) {
        int[] order = random.child("order").permutation(panels.size());
        int digits = Math.max(3, String.valueOf(panels.size()).length());
        List<Panel> named = new ArrayList<>();
        try {
            for (int i = 0; i < order.length; i++) {
                String name = ("panel-%0" + digits + "d.png").formatted(i + 1);
                Panel panel = panels.get(order[i]);
                Path file = draft.resolve(PICTURES).resolve(name);
                Files.move(unnamed(order[i]), file);
                Files.setLastModifiedTime(file, SAME);
                named.add(panel.as(name, panel.sha256()));
            }
            Files.writeString(draft.resolve("README.txt"), Questions.forUser(target), StandardCharsets.UTF_8);
            Files.writeString(draft.resolve("questions.txt"), Questions.forJudges(named), StandardCharsets.UTF_8);
            Files.writeString(draft.resolve(Key.FILE), Key.text(named), StandardCharsets.UTF_8);
            new DurableFolder(draft).sync();
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFolder.of(target).sync();
            return named.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the panels of " + run + " into " + target, e);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> found = Files.walk(draft)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + draft, e);
        }
    }
}
