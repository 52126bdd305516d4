#!/bin/sh
# A Slurm cluster of one node with two GPUs that are none, for tests: cluster.sh start|restart-node|stop FOLDER. Needs slurm-wlm and munge, and root.
set -eu
folder=$2
export SLURM_CONF="$folder/slurm.conf"

daemon() {
  name=$1
  shift
  setsid "$@" < /dev/null >> "$folder/$name.log" 2>&1 &
  echo $! > "$folder/$name.process"
}

case $1 in
  start)
    mkdir -p "$folder/state" "$folder/spool"
    host=$(hostname)
    cat > "$SLURM_CONF" <<CONF
ClusterName=obverse
SlurmctldHost=$host
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
# What is queued again waits for cred_expire seconds, 120 by default.
AuthInfo=socket=$folder/munge.socket,cred_expire=15
CryptoType=crypto/munge
SlurmUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmdTimeout=3600
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
GresTypes=gpu
NodeName=$host CPUs=2 Gres=gpu:2 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
    printf 'Name=gpu File=/dev/null\nName=gpu File=/dev/zero\n' > "$folder/gres.conf"
    head -c 1024 /dev/urandom > "$folder/munge.key"
    chmod 400 "$folder/munge.key"
    chmod 755 "$folder"
    daemon munged munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
      --pid-file="$folder/munged.pid" --log-file="$folder/munged.out" --seed-file="$folder/munge.seed"
    daemon slurmctld slurmctld -D -f "$SLURM_CONF"
    daemon slurmd slurmd -D -f "$SLURM_CONF"
    for second in $(seq 60); do
      if [ "$(sinfo --noheader --format=%t 2> /dev/null)" = idle ]; then
        exit 0
      fi
      sleep 1
    done
    cat "$folder"/*.log >&2
    exit 1
    ;;
  restart-node)
    kill -9 "$(cat "$folder/slurmd.process")"
    daemon slurmd slurmd -D -f "$SLURM_CONF"
    ;;
  stop)
    for name in slurmd slurmctld munged; do
      kill -9 "$(cat "$folder/$name.process")" 2> /dev/null || :
    done
    ;;
esac
