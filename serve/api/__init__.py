"""The record for programs: named queries and views of the ladder, a project, a country, as JSON and as files.

`application` puts it together, `asking` reads a request, `resources` answers it, `keeping` keeps answers, `description`
describes all of it by OpenAPI, `documentation` as a page. Only the public record is ever opened here.
"""
