#!/bin/sh
# A Spark cluster of one machine with two GPUs that are none, for tests: cluster.sh start|stop FOLDER [JARS]. FOLDER becomes a
# SPARK_HOME whose jars are those of the folder JARS.
set -eu
folder=$2

daemon() {
  name=$1
  shift
  SPARK_HOME="$folder" SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.13 SPARK_WORKER_DIR="$folder/work" \
    setsid java "@$folder/opens" -Xmx256m "$@" < /dev/null > "$folder/$name.log" 2>&1 &
  echo $! > "$folder/$name.process"
}

case $1 in
  start)
    mkdir -p "$folder/bin"
    ln -s "$3" "$folder/jars"
    for package in java.io java.lang java.lang.invoke java.lang.reflect java.net java.nio java.util java.util.concurrent \
      java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
      echo "--add-opens=java.base/$package=ALL-UNNAMED"
    done > "$folder/opens"
    # What the distribution's own script comes to.
    cat > "$folder/bin/spark-submit" <<SUBMIT
#!/bin/sh
SPARK_LOCAL_IP=127.0.0.1 exec java @$folder/opens -Xmx512m -cp "$folder/jars/*" org.apache.spark.deploy.SparkSubmit "\$@"
SUBMIT
    printf '#!/bin/sh\necho '\''{"name": "gpu", "addresses": ["0", "1"]}'\''\n' > "$folder/gpus"
    chmod 755 "$folder/bin/spark-submit" "$folder/gpus"
    daemon master -cp "$folder/jars/*" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 17177 --webui-port 0
    daemon worker -Dspark.worker.resource.gpu.amount=2 "-Dspark.worker.resource.gpu.discoveryScript=$folder/gpus" \
      -cp "$folder/jars/*" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 2 --memory 1g \
      spark://127.0.0.1:17177
    for second in $(seq 60); do
      if grep -q 'Registering worker' "$folder/master.log"; then
        exit 0
      fi
      sleep 1
    done
    cat "$folder"/*.log >&2
    exit 1
    ;;
  stop)
    for name in worker master; do
      kill "$(cat "$folder/$name.process")" 2> /dev/null || :
    done
    ;;
esac
