package org.obverse.engine.drive;

import java.nio.file.Path;
import org.obverse.api.event.UnitName;

/** What a unit reads was taken out of the store while the run went on. Nobody's component is to blame. */
public final class LostProductException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reader the unit that needs it
     * @param file which is gone
     * @param cause how that was noticed
     */
    LostProductException(UnitName reader, Path file, Throwable cause) {
        super(
                "unit %s needs %s, which was there when the run began with it and is gone; nothing but the program may delete what lies in the folder objects, and what is lost is made again when the run goes on"
                        .formatted(reader, file),
                cause);
    }
}
