# Times R's metafor and bayesmeta on the tasks of pooling.py: CPU seconds per unit (one fit, subset, pair, order), the
# fastest of three runs after R has compiled the functions by using them once.
# Called by pooling.py as: Rscript peers.R FOLDER; reads y and v from CSV files there, prints task,seconds.

folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
cpu <- function(expression, units) {
  task <- substitute(expression)
  place <- parent.frame()
  once <- function() {
    started <- proc.time()
    eval(task, place)
    sum((proc.time() - started)[c("user.self", "sys.self")]) / units
  }
  min(replicate(3, once()))
}
tell <- function(task, seconds) cat(task, format(seconds, digits = 15), sep = ",", fill = TRUE)

if (suppressWarnings(suppressMessages(require("metafor", quietly = TRUE)))) {
  cat("version,metafor", as.character(packageVersion("metafor")), sep = " ", fill = TRUE)
  fit <- function(...) tryCatch(suppressWarnings(rma(..., method = "REML")), error = function(problem) NULL)
  one <- read("one")
  fit(one$y, one$v)
  tell("one", cpu(for (i in 1:200) fit(one$y, one$v), 200))
  tell("pool", cpu(for (i in 1:50) {
    found <- rma(one$y, one$v, method = "REML", test = "knha")
    confint(found)
    predict(found)
  }, 50))
  many <- read("many")
  pools <- split(many, many$pool)
  tell("many", cpu(for (pool in pools) fit(pool$y, pool$v), length(pools)))
  set.seed(1)
  studies <- read("gosh")
  tell("gosh", cpu(gosh(fit(studies$y, studies$v), subsets = 300, progbar = FALSE), 300))
  pairs <- read("pairs")
  left <- read("left")
  tell("pairs", cpu(for (i in seq_len(nrow(left))) fit(pairs$y[-unlist(left[i, ])], pairs$v[-unlist(left[i, ])]), nrow(left)))
  line <- read("line")
  tell("orders", cpu(permutest(fit(line$y, line$v, mods = line$x), iter = 200, exact = FALSE, progbar = FALSE), 200))
  tell("influence", cpu(for (i in 1:5) influence(rma(one$y, one$v, method = "REML")), 5))
} else {
  cat("missing,metafor", fill = TRUE)
}

if (suppressWarnings(suppressMessages(require("bayesmeta", quietly = TRUE)))) {
  cat("version,bayesmeta", as.character(packageVersion("bayesmeta")), sep = " ", fill = TRUE)
  few <- read("few")
  prior <- function(tau) dhalfnormal(tau, scale = 0.5)
  tell("posterior", cpu(for (i in 1:3) bayesmeta(few$y, sqrt(few$v), tau.prior = prior), 3))
} else {
  cat("missing,bayesmeta", fill = TRUE)
}
