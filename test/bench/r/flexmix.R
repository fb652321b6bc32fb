# Rscript flexmix.R <train.csv> <test.csv> <k> <seed> <restarts>: restarts of flexmix with a multinomial gate of the features, no
# component dropped. Prints a line of JSON: seconds of all restarts, their log-likelihoods and iterations, and the predictions of the
# best that are not numbers.
suppressPackageStartupMessages(library(flexmix))
words <- commandArgs(trailingOnly = TRUE)
train <- read.csv(words[1])
test <- read.csv(words[2])
k <- as.integer(words[3])
restarts <- as.integer(words[5])
set.seed(as.integer(words[4]))
inputs <- setdiff(names(train), "y")
gate <- as.formula(paste("~", paste(inputs, collapse = " + ")))
likelihood <- rep(NA_real_, restarts)
iterations <- rep(0L, restarts)
best <- NULL
begun <- proc.time()
for (r in seq_len(restarts)) {
  fitted <- tryCatch(
    flexmix(y ~ ., data = train, k = k, model = FLXMRglm(), concomitant = FLXPmultinom(gate),
            control = list(iter.max = 1000, minprior = 0)),
    error = function(problem) NULL)
  if (is.null(fitted)) next
  likelihood[r] <- as.numeric(logLik(fitted))
  iterations[r] <- fitted@iter
  if (is.null(best) || likelihood[r] > as.numeric(logLik(best))) best <- fitted
}
taken <- (proc.time() - begun)[["elapsed"]]
lost <- 0L
if (!is.null(best)) {
  both <- rbind(train, test)
  predicted <- tryCatch(unlist(predict(best, newdata = both, aggregate = TRUE)), error = function(problem) rep(NA, nrow(both)))
  lost <- sum(!is.finite(predicted))
}
numbers <- function(values) paste0("[", paste(ifelse(is.finite(values), sprintf("%.10g", values), "null"), collapse = ","), "]")
cat(sprintf('{"seconds":%.4f,"logLikelihood":%s,"iterations":%s,"nan":%d}\n', taken, numbers(likelihood), numbers(iterations), lost))
