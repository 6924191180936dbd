using DoorAgent.Auditing;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Compares a gallery with the newest one that the door beside it has used. An older one must not be changed either: each change raises
/// the revision, until an old gallery looks new, and a change seals an open one.
/// </summary>
internal static class GalleryRollback
{
    /// <summary>The next step for a gallery that is older.</summary>
    public const string Advice = "Find out who replaced the file. Put the newest one back, or accept this one with 'sudo dooragent people "
        + "accept-older'.";

    // Copies beside the gallery are older by their nature.
    private static readonly string Own = Path.GetFileName(new Places("/", []).GalleryFile);

    /// <summary>Reads the state of a gallery.</summary>
    public static GalleryHead HeadOf(SqliteConnection connection)
    {
        (long revision, string mark) = GalleryRows.ReadStamp(connection);
        bool isSealable = Sqlite.Number(connection, "PRAGMA user_version") >= GallerySchema.FirstWithSeals;
        return new GalleryHead(revision, mark,
            isSealable ? Sqlite.Scalar(connection, "SELECT lower(hex(digest)) FROM main.gallery WHERE digest IS NOT NULL") as string : null,
            Sqlite.Scalar(connection, "SELECT key_id FROM main.gallery") as string);
    }

    /// <summary>Returns why a gallery is older than the newest one in use, as the end of a sentence that begins with the gallery; null when
    /// it is not.</summary>
    /// <exception cref="UserErrorException">The journal cannot be used; the message says what to do.</exception>
    public static string? FaultOf(GalleryConnection connection) => UsedBeside(connection)?.FaultOf(HeadOf(connection));

    /// <summary>Returns the newest galleries that the door beside this one has used.</summary>
    /// <exception cref="UserErrorException">The journal cannot be used; the message says what to do.</exception>
    public static IReadOnlyList<UsedGallery> NewestBeside(GalleryConnection connection) => UsedBeside(connection)?.Newest() ?? [];

    /// <summary>Refuses to change a gallery that is older than the newest one in use. An empty one, in which nobody can be, goes on with
    /// the number of that one.</summary>
    /// <exception cref="UserErrorException">The gallery is older, or the journal cannot be used; the message says what to do.</exception>
    public static void Require(GalleryConnection connection)
    {
        if (FaultOf(connection) is not { } fault)
            return;
        if (Sqlite.Number(connection, "SELECT EXISTS (SELECT * FROM person)") == 1)
            throw new UserErrorException($"The gallery {connection.Path} {fault}. {Advice}");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        GallerySeal seal = connection.Seal;
        GoBeyond(connection);
        GalleryDigest.Renew(connection, seal);
        transaction.Commit();
    }

    /// <summary>Gives a gallery the revision of the newest one in use, so that its next change is the newest of all; within the transaction
    /// of a change.</summary>
    private static void GoBeyond(GalleryConnection connection)
    {
        long newest = NewestBeside(connection).Select(used => used.Head.Revision).DefaultIfEmpty().Max();
        Sqlite.Run(connection, "UPDATE gallery SET revision = max(revision, $newest)", ("$newest", newest));
    }

    /// <summary>Opens an existing gallery that may be older than the newest one in use, and is not to be sealed.</summary>
    /// <exception cref="UserErrorException">The gallery does not exist or cannot be used; the message says why and what to do.</exception>
    public static GalleryFile OpenToAccept(string path, TimeProvider time, KeyRing? keys = null)
    {
        GalleryDatabase.RequireFile(path);
        return new GalleryFile(path, time, GalleryDatabase.OpenToWrite(path, keys));
    }

    /// <summary>Makes a gallery that is older than the newest one in use a later one: with a greater revision, and sealed where the
    /// door has a key.</summary>
    /// <returns>The state of the file now.</returns>
    /// <exception cref="UserErrorException">The change failed.</exception>
    public static GalleryHead Accept(GalleryFile gallery, TimeProvider time)
    {
        gallery.Change((connection, _) => GoBeyond(connection));
        return gallery.Query(connection =>
        {
            GallerySealing.RunIfDue(connection, time, isAccepted: true);
            return HeadOf(connection);
        });
    }

    private static UsedGalleries? UsedBeside(GalleryConnection connection) => Path.GetFileName(connection.Path) != Own ? null
        : UsedGalleries.Of(Places.Resolve(Path.GetDirectoryName(Path.GetFullPath(connection.Path))!, models: null), connection.Keys);
}
