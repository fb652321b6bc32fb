# Rscript iteration.R <data> <iterations>: seconds that flexmix takes for an iteration on the rows the other programs read (em-start.ts),
# as the difference of a longer and a shorter fit from the same start, so that what is done once is left out. Prints a line of JSON.
suppressPackageStartupMessages(library(flexmix))
words <- commandArgs(trailingOnly = TRUE)
head <- readBin(words[1], "double", 5)
n <- head[1]; d <- head[2]; k <- head[3]
before <- 5 + 2 * k * (d + 1) + k
all <- readBin(words[1], "double", before + n * (d + 1))
x <- matrix(all[before + seq_len(n * d)], n, d, byrow = TRUE)
rows <- data.frame(x, y = all[before + n * d + seq_len(n)])
gate <- as.formula(paste("~", paste(setdiff(names(rows), "y"), collapse = " + ")))
set.seed(1)
start <- sample(k, n, replace = TRUE)
seconds <- function(iterations) {
  begun <- proc.time()
  flexmix(y ~ ., data = rows, k = k, cluster = start, model = FLXMRglm(), concomitant = FLXPmultinom(gate),
          control = list(iter.max = iterations, minprior = 0))
  (proc.time() - begun)[["elapsed"]]
}
more <- as.integer(words[2])
short <- seconds(1)
cat(sprintf('{"seconds":%.4f}\n', (seconds(1 + more) - short) / more))
