"""The explainer: how the JCM works, the ladder, Article 6 on a worked example, rules by date, the glossary."""
