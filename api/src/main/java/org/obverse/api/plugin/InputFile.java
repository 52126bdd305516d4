package org.obverse.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The key names a file whose content matters: a result depends on what the file holds, not on what it is called, and nothing is
 * looked up where this annotation is missing. It stands on text: a location as {@code Resources.weights} takes it, or the
 * name of a file; empty for none. Not for folders of pictures, which a data set reports as {@code FileBased}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface InputFile {}
