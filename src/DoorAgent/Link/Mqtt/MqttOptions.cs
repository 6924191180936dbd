using System.Text.RegularExpressions;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Link.Mqtt;

/// <summary>The settings of the connection to an MQTT broker and of Home Assistant. Without a broker there is none.</summary>
internal sealed partial class MqttOptions : ICheckedOptions
{
    private const string LettersOfPrefix = "words of a-z, A-Z, 0-9, - and _ with / between them";

    public static string Section => "Mqtt";

    [Setting("The MQTT 5 broker. With mqtts the connection is encrypted and the broker's certificate is verified.",
        Form = BrokerAddress.Form)]
    [Unset("none: nothing is published")]
    public string? Broker { get; set; }

    [Setting("File (PEM) with the certificates of your own authority, or the broker's own certificate: only these are trusted then.")]
    [Unset("the authorities of the system")]
    public string? CaFile { get; set; }

    [Setting("The user at the broker."), Unset("none")]
    public string? User { get; set; }

    [Setting("File with the user's password, which only the link's user may read.")]
    [Unset("the service's credential `dooragent-link.mqtt-password`, where there is one")]
    public string? PasswordFile { get; set; }

    [Setting("First part of the topics of all doors.", Form = LettersOfPrefix)]
    public string TopicPrefix { get; set; } = "dooragent";

    [Setting("Where Home Assistant looks for devices.", Form = LettersOfPrefix)]
    public string DiscoveryPrefix { get; set; } = "homeassistant";

    [Setting("Whether a command with a code from an authenticator app unlocks the door once. The daemon reads this setting too.")]
    public bool Unlock { get; set; }

    [Setting("File with the secret of these codes, as `dooragent link totp` writes it.", IsAdvanced = true)]
    [Unset("the service's credential `dooragent-link.mqtt-totp`, else the file that `dooragent link totp` writes")]
    public string? TotpFile { get; set; }

    [Setting("Where a duress PIN is published, outside of the topics that the house shows; let the broker give it to one reader only.",
        IsAdvanced = true)]
    [Unset("nowhere: on MQTT a duress PIN looks like the right one")]
    public string? DuressTopic { get; set; }

    /// <summary>The checked broker; null where none is set.</summary>
    public BrokerAddress? Address => string.IsNullOrWhiteSpace(Broker) ? null : BrokerAddress.Find(Broker);

    public void Check(OptionErrors errors)
    {
        if (!string.IsNullOrWhiteSpace(Broker) && BrokerAddress.Find(Broker) is null)
        {
            errors.Refuse(nameof(Broker), Shown(Broker),
                $"allowed: {BrokerAddress.Form}. The user belongs into {Section}:{nameof(User)}, the password into "
                + $"{Section}:{nameof(PasswordFile)}.");
        }

        errors.Require(PrefixForm().IsMatch(TopicPrefix), nameof(TopicPrefix), TopicPrefix, LettersOfPrefix);
        errors.Require(PrefixForm().IsMatch(DiscoveryPrefix), nameof(DiscoveryPrefix), DiscoveryPrefix, LettersOfPrefix);
        errors.Require(!IsWithin(TopicPrefix, DiscoveryPrefix) && !IsWithin(DiscoveryPrefix, TopicPrefix), nameof(TopicPrefix), TopicPrefix,
            $"topics outside of {Section}:{nameof(DiscoveryPrefix)}, which is {DiscoveryPrefix}");
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
        errors.Require(!Unlock || address.IsTls || address.IsHere, nameof(Unlock), Unlock, $"false with {address}: whoever reads the "
            + "network sees each code, and can use it before you do. Use mqtts://, or a broker on this machine");
    }

    private static bool IsWithin(string topic, string prefix) =>
        topic == prefix || topic.StartsWith(prefix + "/", StringComparison.Ordinal);

    // An address may contain a password, which belongs into no message.
    private static string Shown(string address) => Settings.EffectiveSettings.WithoutPassword(address);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}(?:/[A-Za-z0-9_-]{1,64}){0,7}\z")]
    private static partial Regex PrefixForm();
}
