#!/bin/sh
# Extracts a corpus on many machines of a Slurm cluster.
#
#   whosaid plan --out /shared/tables --units 200 /shared/news
#   job=$(sbatch --parsable --array=1-16 examples/slurm.sh /shared/tables)
#   sbatch --dependency=afterok:"$job" --wrap "whosaid commit /shared/tables"
#
# A task that failed or was preempted is simply run again: sbatch --array=7 …
#SBATCH --job-name=whosaid
#SBATCH --cpus-per-task=8
#SBATCH --mem=2G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -eu
exec whosaid work "$1" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --workers "${SLURM_CPUS_PER_TASK:-0}" \
    --log-format json --progress none
