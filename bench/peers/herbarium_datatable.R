# The herbarium job in R with data.table.
#
#   Rscript herbarium_datatable.R DATA OUT.tsv
#
# Prints the figures as JSON and writes OUT.tsv and, beside it, barcodes_from_figshare.tsv.
suppressPackageStartupMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
data <- arguments[1]
out <- arguments[2]

# fread reads gz by a package of its own (R.utils) or by a command; both put the text into a temporary file.
table_of <- function(name, ...) fread(cmd = paste("gzip -dc", shQuote(file.path(data, name))), sep = "\t", quote = "", colClasses = "character",
    na.strings = "", encoding = "UTF-8", strip.white = FALSE, showProgress = FALSE, ...)

text <- function(x) paste0("\"", gsub("\"", "\\\"", gsub("\\", "\\\\", x, fixed = TRUE), fixed = TRUE), "\"")
object <- function(names, values) paste0("{", paste0(text(names), ": ", values, collapse = ", "), "}")
counts <- function(values) {
    n <- data.table(v = values)[, .N, by = v]
    object(fifelse(is.na(n$v), "null", as.character(n$v)), n$N)
}
filled <- function(table, columns) object(columns, vapply(columns, function(column) sum(!is.na(table[[column]])), 0L))

figures <- list()
bundle <- function(status) {
    names <- grep("\\.jpg$", untar(file.path(data, paste0(status, ".tar.gz")), list = TRUE), value = TRUE)
    data.table(barcode = sub("\\..*", "", sub("^[^/]*/", "", names)), stain_status = status)
}
sheets <- rbind(bundle("stained"), bundle("unstained"))
figures$bundle_rows <- nrow(sheets)
figures$stained <- sum(sheets$stain_status == "stained")
figures$unstained <- sum(sheets$stain_status == "unstained")
figures$bundle_distinct <- uniqueN(sheets$barcode)
fwrite(sheets, file.path(dirname(out), "barcodes_from_figshare.tsv"), sep = "\t")

media <- table_of("nmnh_multimedia_1_35.tsv.gz", check.names = TRUE)
figures$multimedia_rows <- nrow(media)
figures$multimedia_columns <- ncol(media)
figures$provider_before <- counts(media$providerLiteral)
copies <- duplicated(media)
figures$duplicate_rows <- sum(copies)
row <- which(!copies) - 1L
media <- media[!copies]
figures$provider_after <- counts(media$providerLiteral)

kept <- media$providerLiteral == "Smithsonian Institution, NMNH, Botany" & !is.na(media$description) & grepl("barcode", media$description, ignore.case = TRUE)
botany <- media[kept]
row <- row[kept]
rm(media)
words <- tolower(botany$description)
place <- regexpr("(?:^|\\s)barcode\\s+\\K\\S+", words, perl = TRUE)
botany[, barcode := NA_character_]
botany[place > 0, barcode := regmatches(words, place)]
botany[, barcode := gsub("^,+|,+$", "", gsub("^\\.+|\\.+$", "", barcode))]
figures$botany_barcode_rows <- nrow(botany)
figures$first_kept_index <- row[1]
figures$last_kept_index <- row[length(row)]
figures$barcode_len <- counts(nchar(botany$barcode, keepNA = TRUE))

matched <- botany[sheets, on = "barcode", allow.cartesian = TRUE]
followed <- c("id", "licenseLogoURL", "source", "creator")
figures$merge_rows <- nrow(matched)
figures$merge_nonnull <- filled(matched, followed)
figures$duplicate_barcodes <- sum(duplicated(matched$barcode))
single <- matched[!(duplicated(barcode) | duplicated(barcode, fromLast = TRUE))]
figures$singles <- nrow(single)
figures$singles_nonnull <- filled(single, followed)
figures$singles_rights <- counts(single[!is.na(rights), rights])
free <- single[rights == "CC0", .(barcode, stain_status, id, accessURI)]

wanted <- c("institutionCode", "catalogNumber", "recordedBy", "year", "month", "day", "verbatimEventDate", "country", "stateProvince", "county",
    "locality", "identifiedBy", "scientificName")
occurrence <- "nmnh_occurrence_1_35.tsv.gz"
specimens <- table_of(occurrence, select = c("id", wanted))
figures$occurrence_rows <- nrow(specimens)
figures$occurrence_columns <- length(strsplit(readLines(file.path(data, occurrence), n = 1), "\t")[[1]])
result <- specimens[free, on = "id"]
setcolorder(result, c("barcode", "stain_status", "id", "accessURI", wanted))
figures$final_rows <- nrow(result)
figures$final_columns <- ncol(result)
figures$final_nonnull <- filled(result, wanted)
lost <- result[is.na(institutionCode)]
figures$unmatched <- paste0("[", paste0("{\"barcode\": ", text(lost$barcode), ", \"id\": ", text(lost$id), ", \"accessURI\": ", text(lost$accessURI), "}",
    collapse = ", "), "]")
fwrite(result, out, sep = "\t")
cat(object(names(figures), unlist(figures)), "\n")
