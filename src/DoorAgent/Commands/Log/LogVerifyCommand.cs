using System.CommandLine;
using System.Security.Cryptography;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Log;

/// <summary>Creates dooragent log verify.</summary>
internal static class LogVerifyCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<bool> key = new("--key") { Description = "Prints the public key that verifies the journal's signatures, in PEM." };
        Option<string?> publicKey = new("--public-key") { Description = "File with the printed public key, where the door's own key is not "
            + "at hand." };
        Option<string?> journal = new("--journal") { Description = "Another journal, such as a copy. Default: journal.db in --data." };
        Command command = new("verify", """
            Verifies that the journal is as the door wrote it, or names the records that are not.

            Finds records that somebody changed, removed, inserted or exchanged. With the door's key (sudo) every record is verified by itself. Without it blocks of records are verified by their
            signatures, and the answer says what that does not show. Works while a door runs, and on a copy.
            Exit code 0 when the journal is whole, 1 when it is not or proves nothing, 2 on an error.
            Examples: sudo dooragent log verify     dooragent log verify --journal copy.db --public-key door.pem
            """) { json, key, publicKey, journal };
        command.SetAction(result =>
        {
            Places places = CommonOptions.ShowPlaces(result, isJson: result.GetValue(json) || result.GetValue(key));
            string path = result.GetValue(journal) is { } named ? Path.GetFullPath(named) : places.JournalFile;
            KeyRing ring = KeyPlaces.Find(places.Data);
            if (result.GetValue(key))
            {
                Console.Out.Write(PublicKeyOf(path, ring));
                return 0;
            }

            JournalVerification verification = new(path, ring)
            {
                PublicKey = result.GetValue(publicKey) is { } file ? Read(file) : null,
                Anchored = path == places.JournalFile && Anchor.Of(places) is { } anchor
                    ? AnchoredJournal.FirstMissing(path, anchor.Journals()) ?? anchor.Read()?.Journal : null,
            };
            JournalProof proof = WorkProgress.ShowShare("verifying", "the records", verification.Run, result.GetValue(json));
            if (result.GetValue(json))
                JsonLine.Write(ProofJson.Of(proof));
            else
                ProofView.Show(proof);
            return proof.IsWhole ? 0 : 1;
        });
        return command;
    }

    private static string PublicKeyOf(string path, KeyRing ring) => ring.Newest is { } door ? JournalSigner.PemOf(door)
        : JournalVerification.KeysOf(path) is [.., var newest] ? JournalSigner.Pem(newest.PublicKey)
        : throw new UserErrorException("The journal has no key yet: it begins when the door has one ('sudo dooragent key create').");

    private static byte[] Read(string file)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"{file} is a folder. Name a file with a public key.");
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The public key cannot be read from {file}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            throw new UserErrorException($"{file} is not a public key in PEM. 'dooragent log verify --key' prints one.", failure);
        }
    }
}
