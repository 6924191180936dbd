using System.Globalization;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Where an encoding comes from.</summary>
/// <param name="Picture">SHA-256 of the picture file in hexadecimal.</param>
/// <param name="Added">When the picture was enrolled. A change of the encoder keeps this moment as long as the earlier encodings are
/// kept.</param>
internal sealed record EncodingSource(string Picture, DateTimeOffset Added)
{
    /// <summary>Reads everybody with each of their encodings, centred where the gallery's rule is, and the source of each.</summary>
    /// <param name="file">The gallery.</param>
    /// <param name="inUse">The encoder in use.</param>
    /// <param name="rule">The gallery's rule of comparison.</param>
    /// <exception cref="UserErrorException">The gallery cannot be used, or somebody changed it in the meantime.</exception>
    public static (Gallery Gallery, IReadOnlyList<EncodingSource> Sources) ReadAll(GalleryFile file,
        EncoderIdentity inUse, ComparisonRule rule)
    {
        Gallery gallery = file.Read(inUse, rule with { Template = TemplateKind.Nearest });
        IReadOnlyList<EncodingSource> sources = file.Query(Read);
        return file.Query(GalleryRows.ReadStamp) == new GalleryStamp(gallery.Revision, gallery.Mark)
            ? (gallery, sources)
            : throw new UserErrorException("Somebody changed the gallery in the meantime. Try again.");
    }

    /// <summary>Reads the sources of all encodings of the active encoder, in the order of the gallery's rows.</summary>
    private static IReadOnlyList<EncodingSource> Read(SqliteConnection connection)
    {
        List<EncodingSource> sources = [];
        using SqliteCommand command = Sqlite.Command(connection, """
            SELECT hex(picture), (SELECT min(added) FROM encoding e WHERE e.person = encoding.person AND e.picture = encoding.picture)
            FROM encoding WHERE encoder = (SELECT active_encoder FROM gallery) ORDER BY person, id
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            sources.Add(new EncodingSource(row.GetString(0),
                DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
        }

        return sources;
    }
}
