package org.obverse.plugins.torchscript;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

/** Programs for a test: those that torch saved, and those of the bench with other source. */
record Programs(Path folder, Workbench bench) {
    /** The data of the programs that torch saved. */
    static final Shape IMAGE = new Shape(3, 32, 32);

    static final int CLASSES = 4;
    private static final String BODY = "def forward(self: __torch__.Scripted, x: Tensor) -> Tensor:";

    /** One of the files in {@code programs}, each a convolution, a normalisation and a linear layer. */
    Path saved(String name) {
        Path file = folder.resolve(name);
        try (InputStream bytes = Programs.class.getResourceAsStream("/programs/" + name)) {
            Files.write(file, bytes == null ? new byte[0] : bytes.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bench's classifier that returns something else. */
    Path returning(String type, String value) {
        return edited(code -> code.replace(BODY, BODY.replace("-> Tensor", "-> " + type))
                .replace("return logits", "return " + value));
    }

    /** The bench's classifier whose {@code forward} has another head, and statements before its own. */
    Path beginning(String head, String statement) {
        return edited(code -> code.replace(BODY, head + "\n    " + statement));
    }

    /** A change of a program's source. */
    interface Edit {
        String of(String code);
    }

    /** The bench's classifier with changed source. */
    Path edited(Edit edit) {
        Path plain = folder.resolve("plain.pt");
        ScriptedClassifier.drawn(CLASSES, bench.stream(3)).write(plain, Result.LOGITS);
        Path file = folder.resolve("edited.pt");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(plain));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith("__torch__.py")) {
                    String code = new String(content, StandardCharsets.UTF_8);
                    content = edit.of(code).getBytes(StandardCharsets.UTF_8);
                }
                store(out, entry.getName(), content);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    static TorchScriptConfiguration settings(Path file, NameOrIndex output) {
        return new TorchScriptConfiguration(
                file.toString(), List.of(), PixelRange.SYMMETRIC, List.of(), List.of(), output);
    }

    Classifier built(Path file, NameOrIndex output) {
        return settings(file, output).architecture(bench).build(IMAGE, CLASSES, bench.parameters(0));
    }

    Classifier built(Path file) {
        return built(file, TorchScriptConfiguration.FIRST);
    }

    /** The only problem, without the file's name. */
    String refusal(Path file, NameOrIndex output) {
        try {
            built(file, output);
            return "not refused";
        } catch (InvalidConfigurationException e) {
            List<Problem> problems = e.problems();
            return problems.size() == 1 && problems.get(0).path().equals(file.toString())
                    ? problems.get(0).message() + "; " + problems.get(0).wayOut()
                    : problems.toString();
        }
    }

    String refusal(Path file) {
        return refusal(file, TorchScriptConfiguration.FIRST);
    }
}
