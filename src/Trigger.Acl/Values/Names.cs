namespace Trigger.Acl.Values;

/// <summary>Numbers by name: IANA's registries, with the names that devices use besides.</summary>
public static class Names
{
    public static NameTable Protocols { get; } = new("""
        icmp 1 igmp 2 ipinip 4 ipip 4 tcp 6 egp 8 igp 9 igrp 9 udp 17 ipv6 41 rsvp 46 gre 47 esp 50 ahp 51 ah 51 icmpv6 58 icmp6 58 icmp-v6 58
        nos 94 eigrp 88 ospf 89 ospfv3 89 pim 103 pcp 108 snp 109 vrrp 112 l2tp 115 sctp 132 hopopt 0 hop-by-hop 0 dstopts 60 fragment 44 routing 43 no-next-header 59 udplite 136
        """);

    /// <summary>Ports whose name means the same for TCP and UDP, or that only one of them has.</summary>
    public static NameTable Ports { get; } = new("""
        echo 7 discard 9 systat 11 daytime 13 qotd 17 chargen 19 ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 time 37 nameserver 42 nicname 43 whois 43 tacacs 49 tacacs-ds 65
        domain 53 dns 53 bootps 67 bootpc 68 dhcp 67 tftp 69 gopher 70 finger 79 www 80 http 80 kerberos 88 kerberos-sec 88 dnsix 195 hostname 101 iso-tsap 102 pop2 109 pop3 110
        sunrpc 111 ident 113 auth 113 sftp 115 uucp-path 117 nntp 119 ntp 123 netbios-ns 137 netbios-dgm 138 netbios-ssn 139 netbios-ss 139 imap4 143 imap 143 imap2 143
        snmp 161 snmptrap 162 snmp-trap 162 xdmcp 177 bgp 179 irc 194 smux 199 at-rtmp 201 ipx 213 imap3 220 ldap 389 mobile-ip 434 mobileip-agent 434 mobileip-mn 435 mobilip-mn 435
        https 443 ssl 443 snpp 444 microsoft-ds 445 kpasswd 761 krb-prop 754 krbupdate 760 isakmp 500 biff 512 exec 512 login 513 who 513 rsh 514 cmd 514 syslog 514 lpd 515 printer 515 talk 517 ntalk 518 rip 520
        ripng 521 ntalk 518 timed 525 uucp 540 klogin 543 kshell 544 dhcpv6-client 546 dhcpv6-server 547 rtsp 554 afpovertcp 548 ldaps 636 msdp 639 ldp 646 rsync 873 ftps-data 989 ftps 990 telnets 992 imaps 993 pop3s 995
        socks 1080 kazaa 1214 lotusnotes 1352 citrix-ica 1494 sqlnet 1521 radius-old 1645 radius 1812 radacct 1813 h323 1720 pptp 1723 ctiqbe 2748 cifs 3020 nfsd 2049 nfs 2049 eklogin 2105 zephyr-clt 2103
        zephyr-hm 2104 ekshell 2106 rkinit 2108 cvspserver 2401 afs 1483 radius-acct 1813 vxlan 4789 non500-isakmp 4500 drip 3949 bfd 3784 bfd-echo 3785 micro-bfd 6784 sip 5060 aol 5190 pcanywhere-data 5631 pcanywhere-status 5632 secureid-udp 5510 pim-auto-rp 496 zephyr-srv 2102 msrpc 135 onep-plain 15001 onep-tls 15002
        """);

    /// <summary>Where an ASA's names mean other ports, as Cisco's reference of ports lists them.</summary>
    public static NameTable AsaPorts { get; } = new("kerberos 750 radius 1645 radius-acct 1646");

    // RFC 792 and its successors; the name with the longest use on IOS comes first. A value is type*256+code, and type*256+255 for all codes.
    public static NameTable IosIcmp { get; } = new("""
        echo-reply 255 unreachable 1023 net-unreachable 768 host-unreachable 769 protocol-unreachable 770 port-unreachable 771 packet-too-big 772 source-route-failed 773 network-unknown 774 host-unknown 775
        host-isolated 776 dod-net-prohibited 777 dod-host-prohibited 778 net-tos-unreachable 779 host-tos-unreachable 780 administratively-prohibited 781 precedence-unreachable 782 host-precedence-unreachable 782
        source-quench 1279 redirect 1535 net-redirect 1280 host-redirect 1281 net-tos-redirect 1282 host-tos-redirect 1283 alternate-address 1791 echo 2303 echo-request 2303 router-advertisement 2559
        router-solicitation 2815 time-exceeded 3071 ttl-exceeded 2816 reassembly-timeout 2817 parameter-problem 3327 general-parameter-problem 3072 option-missing 3073 no-room-for-option 3074
        timestamp-request 3583 timestamp-reply 3839 information-request 4095 information-reply 4351 mask-request 4607 mask-reply 4863 traceroute 7935 conversion-error 8191 mobile-redirect 8447
        """);

    // RFC 4443, 4861, 2710.
    public static NameTable Icmp6 { get; } = new("""
        unreachable 511 destination-unreachable 511 no-route 256 no-admin 257 administratively-prohibited 257 beyond-scope 258 address-unreachable 259 port-unreachable 260 packet-too-big 767 time-exceeded 1023 hop-limit 768 reassembly-timeout 769
        parameter-problem 1279 header 1024 next-header 1025 parameter-option 1026 echo-request 33023 echo 33023 echo-reply 33279 mld-query 33535 membership-query 33535 mld-report 33791 membership-report 33791 mld-reduction 34047 membership-termination 34047 mldv2 36863
        router-solicitation 34303 router-solicit 34303 router-advertisement 34559 nd-ns 34815 neighbor-solicit 34815 neighbor-solicitation 34815 nd-na 35071 neighbor-advertisement 35071 neighbor-advertise 35071 redirect 35327 neighbor-redirect 35327 renum-command 35328 router-renumbering 35583
        """);

    public static NameTable JunosIcmpTypes { get; } = new("""
        echo-reply 0 unreachable 3 source-quench 4 redirect 5 echo-request 8 echo 8 router-advertisement 9 router-solicit 10 time-exceeded 11 parameter-problem 12 timestamp 13 timestamp-reply 14
        info-request 15 information-request 15 info-reply 16 information-reply 16 mask-request 17 mask-reply 18
        """);

    public static NameTable JunosIcmpCodes { get; } = new("""
        network-unreachable 0 ip-header-bad 0 redirect-for-network 0 ttl-eq-zero-during-transit 0 host-unreachable 1 redirect-for-host 1 required-option-missing 1 ttl-eq-zero-during-reassembly 1
        protocol-unreachable 2 redirect-for-tos-and-net 2 port-unreachable 3 redirect-for-tos-and-host 3 fragmentation-needed 4 source-route-failed 5 destination-network-unknown 6 destination-host-unknown 7 source-host-isolated 8
        destination-network-prohibited 9 destination-host-prohibited 10 network-unreachable-for-tos 11 host-unreachable-for-tos 12 communication-prohibited-by-filtering 13 host-precedence-violation 14 precedence-cutoff-in-effect 15
        """);

    public static NameTable Dscp { get; } = new("""
        default 0 be 0 cs0 0 cs1 8 cs2 16 cs3 24 cs4 32 cs5 40 cs6 48 cs7 56 af11 10 af12 12 af13 14 af21 18 af22 20 af23 22 af31 26 af32 28 af33 30 af41 34 af42 36 af43 38 ef 46 va 44
        """);

    public static NameTable Precedence { get; } = new("routine 0 priority 1 immediate 2 flash 3 flash-override 4 critical 5 critical-ecp 5 internet 6 internet-control 6 network 7 net-control 7");

    public static NameTable TypeOfService { get; } = new("normal 0 min-monetary-cost 1 max-reliability 2 max-throughput 4 min-delay 8");

    public static NameTable TcpFlags { get; } = new("fin 1 syn 2 rst 4 psh 8 push 8 ack 16 urg 32 urgent 32 ece 64 cwr 128");

    /// <summary>The flag bytes with ACK or RST, which is what <c>established</c> means.</summary>
    public static ByteSet Established { get; } = ByteSet.Where(flags => (flags & 0x14) != 0);

    public static ByteSet Initial { get; } = ByteSet.Where(flags => (flags & 0x12) == 0x02);

    /// <summary>Protocols whose packets begin with a source and a destination port.</summary>
    public static ByteSet WithPorts { get; } = ByteSet.Of(6) | ByteSet.Of(17) | ByteSet.Of(33) | ByteSet.Of(132) | ByteSet.Of(136);
}
