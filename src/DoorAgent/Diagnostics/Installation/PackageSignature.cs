using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Installation;

/// <summary>What is known about the signature of the package's list.</summary>
internal enum SignatureState
{
    /// <summary>The package was not signed.</summary>
    None,

    /// <summary>There is a signature, and nobody gave the key to check it with.</summary>
    NotChecked,

    /// <summary>Whoever has the private key of the given one signed exactly this list.</summary>
    Good,

    /// <summary>The signature is of another list or by another key, or is missing although a key was given.</summary>
    Bad,
}

/// <summary>Checks the signature of the package's list: ECDSA over SHA-256 in ASN.1 form, as "openssl dgst -sha256 -sign" makes
/// it.</summary>
internal static class PackageSignature
{
    /// <summary>Checks the signature below a root.</summary>
    /// <param name="root">Root of the examined file system.</param>
    /// <param name="key">Public key in PEM form; null to check nothing.</param>
    /// <exception cref="UserErrorException">The key cannot be read, or is not a public key of that kind.</exception>
    public static SignatureState Check(string root, string? key)
    {
        string place = Path.Combine(root, PackageList.SignaturePlace);
        if (key is null)
            return File.Exists(place) ? SignatureState.NotChecked : SignatureState.None;
        using ECDsa verifier = Read(key);
        return File.Exists(place) && verifier.VerifyData(File.ReadAllBytes(Path.Combine(root, PackageList.Place)),
            File.ReadAllBytes(place), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? SignatureState.Good
            : SignatureState.Bad;
    }

    private static ECDsa Read(string file)
    {
        if (!Permission.IsReadable(file))
            throw new UserErrorException($"The file {file} does not exist (--key).");
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new UserErrorException($"{file} is not a public key (PEM, ECDSA P-256). 'openssl ec -in KEY -pubout' makes it from the "
                + "release's private key.", wrong);
        }
    }
}
