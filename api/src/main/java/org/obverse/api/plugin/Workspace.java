package org.obverse.api.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Files that a configuration names, a place for what can be made again, and threads to make it. May be used from any thread. */
public interface Workspace {
    /**
     * Finds a file or folder that a configuration names; whether it exists is the caller's to ask.
     *
     * @param location relative to the plan; or {@code builtin:NAME}, the folder {@code files/NAME} of the component's own jar
     * @throws InvalidConfigurationException if it is no file name, or the jar has no such folder
     */
    Path path(String location);

    /**
     * A folder, made if it is not there, that outlives the run and belongs to all runs of this user. Who keeps something in it
     * names it after the content that it was made from, writes it elsewhere first and moves it there, and does without it
     * once somebody has removed it.
     *
     * @throws InvalidConfigurationException if it cannot be made
     */
    Path cache();

    /**
     * Works on all items, several at once, and returns when all are done. When the run is to end, no other item is begun.
     *
     * @param task for displays, what is done to the items, such as {@code decoding faces}
     * @param work independent of other items and of the order; gradients are not recorded while it runs
     * @return the results in the order of the items
     * @throws RuntimeException what the work on the first item that failed threw, once all others are done; or the
     *     engine's own once the run is to end and what was begun is done, which is not to be caught
     */
    <T, R> List<R> map(String task, List<T> items, Function<T, R> work);
}
