using DoorAgent.Networks;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Reads and writes the rule of comparison that a gallery names (gallery.calibration). The rule holds for the encodings of every encoder in
/// the file: where it includes mirror images, all encodings were made with them. What else happens to the rule:
/// <list type="bullet">
/// <item>an empty gallery has none; the first enrolment chooses the best one for which the networks have a calibration;</item>
/// <item>a change of the encoder keeps template and mirror images, and the centre only where the new encoder has a stored one; where the
/// new encoder has no calibration for that rule, the change is refused;</item>
/// <item>an archive carries the rule of its gallery without the centre, which belongs to the site; an import requires equal use of mirror
/// images at enrolment and keeps this gallery's rule, and an empty gallery takes over the archive's rule.</item>
/// </list>
/// </summary>
internal static class GalleryRules
{
    /// <summary>Reads the rule.</summary>
    /// <returns>The rule; null while nobody has been enrolled.</returns>
    /// <exception cref="UserErrorException">A newer program wrote the rule.</exception>
    /// <exception cref="InvalidDataException">The gallery has an encoder but names no rule.</exception>
    public static ComparisonRule? Read(SqliteConnection connection, string path)
    {
        if (Sqlite.Scalar(connection, "SELECT active_encoder FROM gallery") is null or DBNull)
            return null;
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithRules)
            return ComparisonRule.Nearest;
        string name = Sqlite.Scalar(connection, "SELECT calibration FROM gallery") as string
            ?? throw new InvalidDataException("it names an encoder and no rule of comparison");
        return ComparisonRule.Parse(name) ?? throw new UserErrorException(
            $"The gallery {path} names the rule of comparison '{Hardware.Settings.SettingText.Shortened(name)}', which this dooragent does "
            + "not know: a newer version wrote it. Update dooragent here, or restore a copy of the gallery from before.");
    }

    /// <summary>Reads the rule that a gallery file names; null without a gallery, or while nobody has an
    /// encoding.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static ComparisonRule? ActiveRule(string path)
    {
        using SqliteConnection? connection = GalleryDatabase.OpenIfAny(path);
        return connection is null ? null : GalleryDatabase.Reading(path, () => GalleryEncoders.HasEncodings(connection) ? Read(connection, path) : null);
    }

    /// <summary>Makes an empty gallery one of an encoder and a rule. The centre of people who are gone does not count, and so the rule
    /// is taken without one.</summary>
    /// <returns>The row id of the encoder.</returns>
    public static long Begin(SqliteConnection connection, GalleryMethod method)
    {
        GalleryCentres.DeleteAll(connection);
        Write(connection, method.Rule with { IsCentred = false });
        return GalleryEncoders.Activate(connection, method.Encoder);
    }

    /// <summary>Returns whether the gallery would be centred with an encoder: the active one as now, another if its centre is
    /// stored.</summary>
    public static bool WouldBeCentred(SqliteConnection connection, EncoderIdentity encoder, ComparisonRule now) =>
        GalleryRows.ReadEncoder(connection)?.IsSameAs(encoder) == true ? now.IsCentred : GalleryCentres.Has(connection, encoder);

    /// <summary>Removes the centre from a copy of a gallery that leaves the site.</summary>
    public static void LeaveSite(SqliteConnection connection, string path)
    {
        // A copy in an older format has neither.
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithRules || Read(connection, path) is not { } rule)
            return;
        GalleryCentres.DeleteAll(connection);
        Write(connection, rule with { IsCentred = false });
    }

    /// <summary>Refuses encodings that were made with mirror images for a gallery without, and the other way round.</summary>
    /// <exception cref="UserErrorException">The gallery's rule says otherwise: somebody changed the rule meanwhile.</exception>
    public static void RequireSameFlips(SqliteConnection connection, string path, ComparisonRule made)
    {
        if (Read(connection, path) is { } rule && rule.HasFlippedEncodings != made.HasFlippedEncodings)
            throw new UserErrorException($"The gallery's encodings are made {FlipWords(rule)}, and the new ones were made "
                + $"{FlipWords(made)}: somebody has changed the gallery's rule in the meantime. Nothing was written; try again.");
    }

    /// <summary>Says whether encodings include mirror images: "with mirror images" or "without mirror images".</summary>
    public static string FlipWords(ComparisonRule rule) => rule.HasFlippedEncodings ? "with mirror images" : "without mirror images";

    /// <summary>Writes the rule.</summary>
    public static void Write(SqliteConnection connection, ComparisonRule rule) =>
        Sqlite.Run(connection, "UPDATE gallery SET calibration = $rule", ("$rule", rule.Name));
}
