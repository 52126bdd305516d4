package org.obverse.api;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.cmp.JarArchiveComparatorOptions.ClassPathMode;
import japicmp.config.Options;
import japicmp.model.JApiClass;
import japicmp.output.stdout.StdoutOutputGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javassist.CtClass;
import javassist.CtField;
import javassist.Modifier;

/**
 * What of an API that a plugin can name is no longer as it was.
 *
 * @param lines as japicmp writes them ({@code !} breaks jars, {@code *} after the sign breaks sources); empty if there is no change
 * @param compatible whether what was built against the old one runs and compiles with the new one
 */
record ApiChanges(String lines, boolean compatible) {
    static ApiChanges between(byte[] old, byte[] now) {
        JarArchiveComparatorOptions comparison = new JarArchiveComparatorOptions();
        comparison.setClassPathMode(ClassPathMode.TWO_SEPARATE_CLASSPATHS);
        List<JApiClass> types = new JarArchiveComparator(comparison)
                .compare(new JApiCmpArchive(old, "", "old"), new JApiCmpArchive(now, "", "now"));
        List<String> unseen = types.stream().flatMap(ApiChanges::unseen).toList();
        Options output = Options.newDefault();
        output.setOutputOnlyModifications(true);
        Stream<String> seen =
                new StdoutOutputGenerator(output, types).generate().lines().skip(1);
        return new ApiChanges(
                Stream.concat(types.isEmpty() ? Stream.of() : seen, unseen.stream())
                        .filter(line -> !line.startsWith("\t===  CLASS FILE FORMAT"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()),
                unseen.isEmpty()
                        && types.stream().allMatch(type -> type.isBinaryCompatible() && type.isSourceCompatible()));
    }

    /** What japicmp passes by, and breaks plugins. */
    private static Stream<String> unseen(JApiClass type) {
        if (type.getOldClass().isEmpty() || type.getNewClass().isEmpty()) {
            return Stream.of();
        }
        CtClass old = type.getOldClass().get();
        CtClass now = type.getNewClass().get();
        List<String> changes = new ArrayList<>();
        if (isSealed(now) != isSealed(old)) {
            changes.add("***! MODIFIED: " + now.getName() + (isSealed(now) ? " is sealed" : " is no longer sealed"));
        }
        if (!components(now).equals(components(old))) {
            changes.add("***! MODIFIED: " + now.getName() + components(now) + " (<- " + components(old) + ")");
        }
        return changes.stream();
    }

    private static boolean isSealed(CtClass type) {
        return type.getClassFile2().getAttribute("PermittedSubclasses") != null;
    }

    /** Of a record, in their order, in which patterns and constructors have them. */
    private static List<String> components(CtClass type) {
        return type.getClassFile2().getAttribute("Record") == null
                ? List.of()
                : Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(CtField::getName)
                        .toList();
    }

    /** A jar of compiled classes and nothing else, the same bytes for the same classes. */
    static byte[] jar(Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(classes);
                ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                ZipEntry entry =
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/'));
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                jar.putNextEntry(entry);
                Files.copy(file, jar);
            }
        }
        return bytes.toByteArray();
    }
}
