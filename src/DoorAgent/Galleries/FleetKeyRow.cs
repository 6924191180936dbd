using System.Security.Cryptography;
using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Reads and writes the door's own keys of its fleet (<c>fleet.secrets</c>), which a sealed gallery seals.</summary>
internal static class FleetKeyRow
{
    /// <summary>Reads the door's keys; null where the door never asked to join a fleet.</summary>
    /// <exception cref="UserErrorException">The door's key is missing, or the seal is broken.</exception>
    /// <exception cref="InvalidDataException">The value is not one that this program writes.</exception>
    public static DoorSecrets? Read(GalleryConnection connection)
    {
        if (!GalleryOrigin.IsIn(connection) || Sqlite.Scalar(connection, "SELECT secrets FROM fleet") is not byte[] stored)
            return null;
        byte[] bytes = connection.Open(stored, SealedIdentity.Of(SealedColumn.FleetSecrets));
        try
        {
            return DoorSecrets.Read(bytes);
        }
        catch (FleetRecordException wrong)
        {
            throw new InvalidDataException(wrong.Message, wrong);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Stores new keys of a door that is in no fleet.</summary>
    public static void Write(GalleryConnection connection, DoorSecrets secrets, string now) => Sqlite.Run(connection,
        "INSERT INTO fleet (id, secrets, added) VALUES (1, $secrets, $now)",
        ("$secrets", Close(connection, secrets.Reveal(), SealedColumn.FleetSecrets)), ("$now", now));

    /// <summary>Returns secret bytes as the gallery stores them, and overwrites them.</summary>
    public static byte[] Close(GalleryConnection connection, byte[] secret, string column)
    {
        byte[] stored = connection.Seal.Close(secret, SealedIdentity.Of(column));
        CryptographicOperations.ZeroMemory(secret);
        return stored;
    }
}
