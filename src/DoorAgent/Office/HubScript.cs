namespace DoorAgent.Office;

/// <summary>The script that installs the hub on a machine with Debian's nats-server: files, a drop-in for the service, and a start.</summary>
internal static class HubScript
{
    /// <summary>Returns the script.</summary>
    public static string Of(OfficeIdentity office) => $$"""
        #!/bin/sh
        # Written by 'dooragent fleet init'. Run as root on the hub's machine, in the folder with the other files.
        set -e
        cd "$(dirname "$0")"
        files={{office.Files}} store={{office.Store}}
        if ! id nats >/dev/null 2>&1 || ! program=$(command -v nats-server); then
          echo "There is no user nats or no program nats-server. Install both; 'dooragent help fleet' says which version." >&2
          exit 1
        fi
        install -d -m 0750 -g nats "$files"
        install -d -m 0700 -o nats -g nats "$store"
        install -m 0640 -g nats hub.conf doors.conf hub.pem hub.key "$files"
        "$program" -t -c "$files/hub.conf"
        install -d /etc/systemd/system/nats-server.service.d
        cat >/etc/systemd/system/nats-server.service.d/dooragent.conf <<EOF
        [Service]
        ExecStart=
        ExecStart=$program -c $files/hub.conf
        Restart=always
        RestartSec=2
        LimitNOFILE=65536
        EOF
        systemctl daemon-reload
        systemctl enable nats-server
        systemctl restart nats-server
        echo "The hub runs. Next, at the office: dooragent fleet init"

        """.ReplaceLineEndings("\n");
}
