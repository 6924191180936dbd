using System.Text.RegularExpressions;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Link.Mqtt;

/// <summary>The settings of the connection to an MQTT broker and of Home Assistant. Without a broker there is none.</summary>
internal sealed partial class MqttOptions : ICheckedOptions
{
    private const string LettersOfDoor = "1 to 32 of a-z, 0-9, - and _, and the first one a letter or a digit";

    private const string LettersOfPrefix = "words of a-z, A-Z, 0-9, - and _ with / between them";

    public static string Section => "Mqtt";

    [Setting("The MQTT 5 broker. With mqtts the connection is encrypted and the broker's certificate is verified.", Form = BrokerAddress.Form)]
    [Unset("none: nothing is published")]
    public string? Broker { get; set; }

    [Setting("File (PEM) with the certificates of your own authority, or the broker's own certificate: only these are trusted then.")]
    [Unset("the authorities of the system")]
    public string? CaFile { get; set; }

    [Setting("The user at the broker."), Unset("none")]
    public string? User { get; set; }

    [Setting("File with the user's password, which only the link's user may read.")]
    [Unset("the service's credential `mqtt-password`, where there is one")]
    public string? PasswordFile { get; set; }

    [Setting("First part of the topics of all doors.", Form = LettersOfPrefix)]
    public string TopicPrefix { get; set; } = "dooragent";

    [Setting("The door's own part of the topics, different for each door at one broker.", Form = LettersOfDoor)]
    [Unset("the name of the machine")]
    public string? Door { get; set; }

    [Setting("The door's name in Home Assistant."), Unset("`Door` and the door's own part of the topics")]
    public string? Name { get; set; }

    [Setting("Where Home Assistant looks for devices.", Form = LettersOfPrefix)]
    public string DiscoveryPrefix { get; set; } = "homeassistant";

    [Setting("Whether a command with a code from an authenticator app unlocks the door once. The daemon reads this setting too.")]
    public bool Unlock { get; set; }

    [Setting("File with the secret of these codes, as `dooragent link totp` writes it.", IsAdvanced = true)]
    [Unset("the service's credential `mqtt-totp`, else the file that `dooragent link totp` writes")]
    public string? TotpFile { get; set; }

    [Setting("Where a duress PIN is published, outside of the topics that the house shows; let the broker give it to one reader only.",
        IsAdvanced = true)]
    [Unset("nowhere: on MQTT a duress PIN looks like the right one")]
    public string? DuressTopic { get; set; }

    /// <summary>The checked broker; null where none is set.</summary>
    public BrokerAddress? Address => string.IsNullOrWhiteSpace(Broker) ? null : BrokerAddress.Find(Broker);

    /// <summary>The door's own part of the topics.</summary>
    public string DoorId => Door ?? IdOf(Environment.MachineName);

    /// <summary>The door's name in Home Assistant.</summary>
    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? $"Door {DoorId}" : Name;

    /// <summary>Returns a valid door id that is like a machine's name.</summary>
    public static string IdOf(string machine)
    {
        string id = OtherLetters().Replace(machine.Split('.')[0].ToLowerInvariant(), "-").Trim('-', '_');
        return id.Length == 0 ? "door" : id[..Math.Min(id.Length, 32)];
    }

    public void Check(OptionErrors errors)
    {
        if (!string.IsNullOrWhiteSpace(Broker) && BrokerAddress.Find(Broker) is null)
        {
            errors.Refuse(nameof(Broker), Shown(Broker),
                $"allowed: {BrokerAddress.Form}. The user belongs into {Section}:{nameof(User)}, the password into {Section}:{nameof(PasswordFile)}.");
        }

        errors.Require(Door is null || DoorForm().IsMatch(Door), nameof(Door), Door, LettersOfDoor);
        errors.Require(PrefixForm().IsMatch(TopicPrefix), nameof(TopicPrefix), TopicPrefix, LettersOfPrefix);
        errors.Require(PrefixForm().IsMatch(DiscoveryPrefix), nameof(DiscoveryPrefix), DiscoveryPrefix, LettersOfPrefix);
        errors.Require(!IsWithin(TopicPrefix, DiscoveryPrefix) && !IsWithin(DiscoveryPrefix, TopicPrefix), nameof(TopicPrefix), TopicPrefix,
            $"topics outside of {Section}:{nameof(DiscoveryPrefix)}, which is {DiscoveryPrefix}");
        errors.Require(Name is null || (Name.Length <= 100 && !Name.Any(char.IsControl)), nameof(Name), Name,
            "up to 100 characters in one line");
        if (DuressTopic is not null)
        {
            errors.Require(PrefixForm().IsMatch(DuressTopic), nameof(DuressTopic), DuressTopic, LettersOfPrefix);
            errors.Require(!IsWithin(DuressTopic, TopicPrefix) && !IsWithin(DuressTopic, DiscoveryPrefix), nameof(DuressTopic), DuressTopic,
                $"a topic outside of {TopicPrefix} and {DiscoveryPrefix}, which everybody in the house may read");
        }

        if (Address is { } address)
            Check(errors, address);
    }

    private void Check(OptionErrors errors, BrokerAddress address)
    {
        errors.Require(CaFile is null || address.IsTls, nameof(CaFile), CaFile, $"none with {address}, where no certificate is verified: "
            + $"write mqtts:// in {Section}:{nameof(Broker)}");
        errors.Require(User is not null || PasswordFile is null, nameof(PasswordFile), PasswordFile,
            $"none without {Section}:{nameof(User)}, since a broker asks for both");
        errors.Require(!Unlock || address.IsTls || address.IsHere, nameof(Unlock), Unlock, $"false with {address}: whoever reads the network "
            + "sees each code, and can use it before you do. Use mqtts://, or a broker on this machine");
    }

    private static bool IsWithin(string topic, string prefix) =>
        topic == prefix || topic.StartsWith(prefix + "/", StringComparison.Ordinal);

    // An address may contain a password, which belongs into no message.
    private static string Shown(string address) => Settings.EffectiveSettings.WithoutPassword(address);

    [GeneratedRegex("[^a-z0-9_]+")]
    private static partial Regex OtherLetters();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,31}\z")]
    private static partial Regex DoorForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}(?:/[A-Za-z0-9_-]{1,64}){0,7}\z")]
    private static partial Regex PrefixForm();
}
