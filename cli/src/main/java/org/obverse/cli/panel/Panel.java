package org.obverse.cli.panel;

import java.util.List;

/**
 * One picture that is judged.
 *
 * @param name of its file
 * @param shown as A
 * @param cell whose attack it belongs to
 * @param attack what the cell's stages found, as {@link AttackedCell#attack}
 * @param person what the data set calls the class under B
 * @param beside the private images under B, by their numbers
 * @param sha256 of its file
 */
record Panel(String name, Shown shown, String cell, String attack, String person, List<Integer> beside, String sha256) {
    Panel {
        beside = List.copyOf(beside);
    }

    /** The same under the name and with the hash of its file. */
    Panel as(String file, String hash) {
        return new Panel(file, shown, cell, attack, person, beside, hash);
    }
}
