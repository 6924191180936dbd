namespace DoorAgent.Sealing;

/// <summary>How the key of a door is kept.</summary>
internal enum KeyKind
{
    /// <summary>A credential that only the TPM2 chip of this machine decrypts, together with a file of the machine.</summary>
    TpmCredential,

    /// <summary>A credential that is encrypted with a file of this machine (/var/lib/systemd/credential.secret).</summary>
    HostCredential,

    /// <summary>A credential that is not encrypted (/etc/credstore).</summary>
    PlainCredential,

    /// <summary>A file outside of the data directory, mode 0600.</summary>
    File,

    /// <summary>A credential that systemd passed to this process.</summary>
    Passed,
}

/// <summary>Where the key of a door is kept.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Kind">How the key is kept.</param>
internal sealed record StoredKey(string Path, KeyKind Kind)
{
    /// <summary>The file that contains the next key during a rotation.</summary>
    public StoredKey Coming => this with { Path = Path + KeyPlaces.Coming };

    /// <summary>Whether systemd decrypts the file.</summary>
    public bool IsEncrypted => Kind is KeyKind.TpmCredential or KeyKind.HostCredential;

    /// <summary>The kind in words.</summary>
    public string Words => Kind switch
    {
        KeyKind.TpmCredential => "a credential that only the TPM2 chip of this machine decrypts",
        KeyKind.HostCredential => "a credential that only this machine's systemd decrypts (no TPM2 chip)",
        KeyKind.PlainCredential => "a credential that is not encrypted",
        KeyKind.Passed => "a credential that systemd passed to this process",
        _ => "a file that only its owner reads",
    };

    /// <summary>From whom the kind protects the sealed data, and from whom it does not.</summary>
    public string Protection => Kind switch
    {
        KeyKind.TpmCredential => "Without this board nobody opens the data: neither who takes the disk, nor who takes a backup.",
        KeyKind.Passed => "systemd keeps the key.",
        _ => "Who takes a copy of the data directory opens nothing with it. Who takes the whole disk has the key too: only a TPM2 chip "
            + "protects from that.",
    };
}
