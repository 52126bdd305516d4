package org.obverse.testkit.code;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.testkit.code.CodeRule.Leave;

/** The names of what plugins must not use. */
final class Forbidden {
    private static final Set<String> THREADS = Set.of("java.lang.Thread", "java.util.Timer");
    private static final Set<String> TYPES = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.UUID",
            "ai.djl.engine.Engine",
            "ai.djl.training.GradientCollector",
            "ai.djl.nn.norm.Dropout");
    private static final List<String> PACKAGES =
            List.of("java.util.random.", "ai.djl.pytorch.", "org.obverse.engine.", "com.google.inject.");
    private static final String EXECUTORS = "java.util.concurrent.";
    /** Of the package of executors; what only holds a value is harmless. */
    private static final String HARMLESS = "java.util.concurrent.atomic.";
    /** Draws, though it is among the executors. */
    private static final String THREADS_DRAWS = "java.util.concurrent.ThreadLocalRandom";

    private static final String RANDOM_CALLS =
            "java\\.lang\\.(Strict)?Math\\.random|java\\.util\\.Collections\\.shuffle|java\\.util\\..*\\.parallel(Stream)?"
                    + "|ai\\.djl\\.ndarray\\.NDManager\\.newBaseManager"
                    + "|ai\\.djl\\..*\\.(random\\w*|truncatedNormal|sampleMultinomial|sampleNormal|dropout)";
    private static final String CLOCK_CALLS = "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)";
    private static final String CLOCKS = "java\\.time\\.(Clock|Instant|(Local|Zoned|Offset)Date(Time)?|LocalTime)";

    private static final String FILE_CALLS =
            "java\\.nio\\.file\\.Files\\.(write\\w*|new(OutputStream|BufferedWriter|ByteChannel)|copy|move|delete\\w*"
                    + "|create\\w*|set\\w*)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?FileChannel\\.open"
                    + "|java\\.io\\.(FileOutputStream|FileWriter|RandomAccessFile|PrintWriter|PrintStream)\\.<init>"
                    + "|java\\.io\\.File\\.(create\\w*|delete\\w*|mkdirs?|renameTo|set\\w*)"
                    + "|javax\\.imageio\\.ImageIO\\.write";

    private static final String NETWORK = "java\\.net\\.(\\w*Socket\\w*|\\w*URLConnection|InetAddress|URL|http\\..*)"
            + "|java\\.nio\\.channels\\.\\w*(Socket|Datagram)\\w*|javax\\.net\\..*|java\\.rmi\\..*|com\\.sun\\.net\\..*";

    private static final String ENVIRONMENT_CALLS =
            "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty|setProperties|clearProperty)"
                    + "|java\\.lang\\.(Boolean\\.getBoolean|Integer\\.getInteger|Long\\.getLong)";
    private static final String PROGRAM_CALLS =
            "java\\.lang\\.Runtime\\.exec|java\\.lang\\.ProcessBuilder\\.<init>|java\\.lang\\.ProcessHandle\\.destroy\\w*";

    private static final String REFLECTION_CALLS =
            "java\\.lang\\.Class\\.(forName|newInstance|getDeclared\\w+|getMethods?|getFields?|getConstructors?|getClassLoader)"
                    + "|java\\.lang\\.reflect\\..*|java\\.lang\\.invoke\\.(MethodHandles|VarHandle).*"
                    + "|java\\.lang\\.ClassLoader\\..*|java\\.lang\\.StackWalker\\..*|java\\.lang\\.Module\\..*"
                    + "|java\\.lang\\.Thread\\.getContextClassLoader|java\\.util\\.ServiceLoader\\..*"
                    + "|java\\.io\\.ObjectInputStream\\..*";
    private static final String UNSAFE = "(sun|jdk\\.internal)\\.misc\\.Unsafe";

    private Forbidden() {}

    static List<String> threadsClocksAndDraws(JavaClass type, Leave leave) {
        List<String> found = new ArrayList<>(CodeRule.uses(
                type,
                used -> isNobodys(used)
                        || (!leave.threads() && isThread(used))
                        || (!leave.clocks() && used.matches(CLOCKS))));
        found.addAll(CodeRule.calls(
                type, called -> called.matches(RANDOM_CALLS) || (!leave.clocks() && called.matches(CLOCK_CALLS))));
        return found;
    }

    private static boolean isThread(String used) {
        return THREADS.contains(used) || (used.startsWith(EXECUTORS) && !used.startsWith(HARMLESS));
    }

    private static boolean isNobodys(String used) {
        return TYPES.contains(used)
                || used.equals(THREADS_DRAWS)
                || PACKAGES.stream().anyMatch(used::startsWith);
    }

    static boolean writesFiles(String called) {
        return called.matches(FILE_CALLS);
    }

    static boolean isNetwork(String used) {
        return used.matches(NETWORK);
    }

    static List<String> environmentAndPrograms(JavaClass type, Leave leave) {
        return CodeRule.calls(
                type,
                called -> called.matches(ENVIRONMENT_CALLS) || (!leave.programs() && called.matches(PROGRAM_CALLS)));
    }

    static List<String> reflection(JavaClass type, Leave leave) {
        List<String> found = new ArrayList<>(CodeRule.calls(type, called -> called.matches(REFLECTION_CALLS)));
        found.addAll(CodeRule.uses(type, used -> used.matches(UNSAFE)));
        return found;
    }

    static boolean holdsWhatChanges(JavaClass type) {
        return type.getName().startsWith("java.util.concurrent.atomic.")
                || type.isAssignableTo(ThreadLocal.class)
                || (isCollection(type)
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && !type.getName().equals("java.util.EnumSet"));
    }

    static boolean isCollection(JavaClass type) {
        return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    }

    /** Whether a collection that can grow is made where static fields get their values. */
    static boolean fillsStatically(JavaClass type) {
        for (JavaConstructorCall call : type.getConstructorCallsFromSelf()) {
            if (call.getOrigin().getName().equals("<clinit>") && holdsWhatChanges(call.getTargetOwner())) {
                return true;
            }
        }
        return false;
    }
}
