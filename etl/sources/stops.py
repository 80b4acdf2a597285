"""What stops a build: a fault of structure, a limit passed, an identity that fails. The old data keep serving."""


class BuildStopped(Exception):
    """The build cannot go on. The message says what, where and what to do next, in both languages."""

    def __init__(self, message_en: str, message_ja: str) -> None:
        self.message_en = message_en
        self.message_ja = message_ja
        super().__init__(message_en)
