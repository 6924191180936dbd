using System.Text;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>Finds what in a name would mislead a reader although every character is permitted. Pure.</summary>
internal static class MisleadingCharacters
{
    private const int Variation = 0xE0100, LastVariation = 0xE01EF;

    /// <summary>Returns the reason to reject a name; null without one.</summary>
    public static string? Of(string name)
    {
        Rune[] runes = [.. name.EnumerateRunes()];
        for (int i = 0; i < runes.Length; i++)
        {
            // NameCharacters has already judged joiners. Ideographs and Mongolian letters have variants that an invisible selector chooses.
            if (NameSkeleton.IsInvisible(runes[i]) && runes[i].Value is not (0x200C or 0x200D)
                && !(i > 0 && IsVariant(runes[i - 1], runes[i])))
                return $"{NameCharacters.Named(runes[i])} in it is invisible";
            if (runes[i].Value is (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF))
                return $"{NameCharacters.Named(runes[i])} in it looks like another form of "
                    + $"{runes[i].ToString().Normalize(NormalizationForm.FormKC)}: write that";
        }

        return MixedWord(runes);
    }

    /// <summary>Finds a word that mixes scripts: Latin, Greek and Cyrillic letters look alike.</summary>
    private static string? MixedWord(Rune[] runes)
    {
        Rune? first = null;
        foreach (Rune rune in runes)
        {
            if (!NameCharacters.IsWord(rune))
                first = null;
            else if (ScriptOf(rune) is { } script)
            {
                if (first is { } before && ScriptOf(before) != script)
                    return $"{NameCharacters.Named(rune)} is a {script} letter in a word with the {ScriptOf(before)} "
                        + $"{NameCharacters.Named(before)}, and such letters look alike: write a word in one script";
                first = rune;
            }
        }

        return null;
    }

    private static string? ScriptOf(Rune rune) => !Rune.IsLetter(rune) ? null : rune.Value switch
    {
        (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0x00C0 and <= 0x024F) or (>= 0x1E00 and <= 0x1EFF) => "Latin",
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => "Greek",
        (>= 0x0400 and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0xA640 and <= 0xA69F) => "Cyrillic",
        (>= 0x0530 and <= 0x058F) => "Armenian",
        (>= 0x13A0 and <= 0x13FF) or (>= 0xAB70 and <= 0xABBF) => "Cherokee",
        _ => null,
    };

    private static bool IsVariant(Rune before, Rune variant) => variant.Value switch
    {
        >= Variation and <= LastVariation => before.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFF),
        >= 0x180B and <= 0x180F => before.Value is >= 0x1820 and <= 0x18AA,
        _ => false,
    };
}
