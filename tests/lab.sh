#!/bin/bash
# Real devices and a PostgreSQL for the tests, on loopback only: lab.sh up DIR | netconf DIR | database DIR [PORT] | standby DIR OF PORT | promote DIR |
# database-stop DIR MODE | down DIR | packages | peers
# FRR's VTYs over Telnet, OpenSSH (shell, vtysh, legacy algorithms, keyboard-interactive, two factors, no terminals, a crowd of addresses), dropbear, inetutils telnetd, yuma123's netconfd (over SSH,
# TLS and a Unix socket; alone by "netconf"). Run as root. Everything lives in DIR; every process is stopped by its own pid file. No zebra runs, so nothing here can touch a route.
set -eu

ROUTERS=200          # FRR daemons on 127.30.0.1 …, port 2616, password "vtypass", enable password "enpass"
# Ports lie below 32768: above, the system may have lent one to somebody in the moment a server wants it.
PASSWORD=labpass     # of the two users
FRR=/usr/lib/frr

packages() {
  missing=
  for p in libssh-4 frr openssh-server dropbear-bin inetutils-telnetd openbsd-inetd netconfd python3-ncclient python3-textfsm python3-aiosmtpd git spin gcc libc6-dev socat openssl tmux vim-tiny inetutils-telnet curl tftp-hpa openssh-client python3-kubernetes faketime; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
  done
  server_programs > /dev/null || missing="$missing postgresql"
  [ -z "$missing" ] && return 0
  # Packages must not start services on a machine where somebody only wanted to run tests.
  guard=; [ -e /usr/sbin/policy-rc.d ] || { guard=1; printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; }
  apt-get update -qq
  # Debian 12 has one that is too old for k8s/; its tests then say what they miss.
  if ! command -v kubectl > /dev/null && apt-cache policy kubernetes-client | grep -qE 'Candidate: 1\.(2[7-9]|[3-9][0-9])'; then missing="$missing kubernetes-client"; fi
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
  [ -z "$guard" ] || rm -f /usr/sbin/policy-rc.d
}

users() {
  cat > "$D/vtysh-shell" <<E2
#!/bin/sh
exec /usr/bin/vtysh --vty_socket $D/frr/1 --config_dir $D/vtycfg "\$@"
E2
  chmod 755 "$D/vtysh-shell"
  : > "$D/users"
  id trgnet > /dev/null 2>&1 || useradd -M -d / -s "$D/vtysh-shell" -G frrvty trgnet
  id trgunix > /dev/null 2>&1 || useradd -m -s /bin/bash trgunix
  usermod -s "$D/vtysh-shell" trgnet
  for u in trgnet trgunix; do usermod -p "$(openssl passwd -1 $PASSWORD)" $u; done
}

routers() {
  mkdir -p "$D/vtycfg"; echo 'service integrated-vtysh-config' > "$D/vtycfg/vtysh.conf"; chmod -R a+rX "$D/vtycfg"
  for i in $(seq 1 $ROUTERS); do
    d=$D/frr/$i; mkdir -p "$d"
    printf 'hostname router-%d\npassword vtypass\nenable password enpass\nline vty\n exec-timeout 30 0\n' "$i" > "$d/s.conf"
    chown -R frr:frrvty "$d"
    $FRR/staticd -d -A "127.30.0.$i" -P 2616 -f "$d/s.conf" -i "$d/s.pid" -z "$d/none.api" --vty_socket "$d" 2> /dev/null
  done
}

sshd_on() { # name, then lines of configuration
  n=$1; shift
  case "$*" in *ListenAddress*) ;; *) set -- "$@" "ListenAddress 127.0.0.1" ;; esac
  printf '%s\n' "$@" "PidFile $D/ssh/$n.pid" "StrictModes no" "PrintMotd no" "UseDNS no" "MaxStartups 2000" > "$D/ssh/$n.conf"
  /usr/sbin/sshd -f "$D/ssh/$n.conf" -E "$D/ssh/$n.log"
}

host_keys() {
  mkdir -p /run/sshd "$D/ssh"
  for t in ed25519 rsa; do [ -f "$D/ssh/hk_$t" ] || ssh-keygen -q -t $t -N '' -f "$D/ssh/hk_$t"; done
  [ -f "$D/ssh/user_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -f "$D/ssh/user_ed25519"
  [ -f "$D/ssh/user_rsa" ] || ssh-keygen -q -t rsa -N 'keypass' -f "$D/ssh/user_rsa"
  cat "$D"/ssh/user_*.pub > "$D/ssh/authorized_keys"; chmod 644 "$D/ssh/authorized_keys"; chmod 755 "$D/ssh"
  keys="HostKey $D/ssh/hk_ed25519
HostKey $D/ssh/hk_rsa"
}

servers() {
  sshd_on main "Port 22322" "$keys" "UsePAM no" "PasswordAuthentication yes" "KbdInteractiveAuthentication no" "AuthorizedKeysFile $D/ssh/authorized_keys"
  sshd_on legacy "Port 22324" "HostKey $D/ssh/hk_rsa" "UsePAM no" "PasswordAuthentication yes" "KexAlgorithms diffie-hellman-group1-sha1,diffie-hellman-group14-sha1" \
    "HostKeyAlgorithms ssh-rsa" "Ciphers 3des-cbc,aes128-cbc" "MACs hmac-sha1"
  sshd_on kbd "Port 22325" "$keys" "UsePAM yes" "PasswordAuthentication no" "KbdInteractiveAuthentication yes" "AuthenticationMethods keyboard-interactive"
  sshd_on twofactor "Port 22328" "$keys" "UsePAM no" "PasswordAuthentication yes" "KbdInteractiveAuthentication no" "AuthenticationMethods publickey,password" "AuthorizedKeysFile $D/ssh/authorized_keys" \
    "KexAlgorithms ecdh-sha2-nistp521" "Ciphers aes256-ctr" "MACs hmac-sha2-512"
  [ -f "$D/ssh/dropbear_key" ] || dropbearkey -t ed25519 -f "$D/ssh/dropbear_key" > /dev/null 2>&1
  dropbear -p 127.0.0.1:22329 -r "$D/ssh/dropbear_key" -P "$D/ssh/dropbear.pid" 2> "$D/ssh/dropbear.log"
  sshd_on noterm "Port 22327" "$keys" "UsePAM no" "PasswordAuthentication yes" "KbdInteractiveAuthentication no" "PermitTTY no"
  # One address for each of 48 devices, 127.31.0.1 …, so that a command can tell which device it ran on. One sshd listens on at most sixteen.
  for c in 0 1 2; do
    sshd_on "crowd$c" "Port 22326" "$(seq -f 'ListenAddress 127.31.0.%g' $((c * 16 + 1)) $((c * 16 + 16)))" "$keys" "UsePAM no" "PasswordAuthentication yes" "KbdInteractiveAuthentication no"
  done
  printf '127.0.0.1:22023 stream tcp nowait root /usr/sbin/telnetd telnetd\n' > "$D/inetd.conf"
  inetd -d -R 1000 "$D/inetd.conf" > "$D/inetd.log" 2>&1 < /dev/null & echo $! > "$D/inetd.pid"
}

netconf() {
  mkdir -p "$D/nc" "$D/tls"; chmod 777 "$D/nc"; rm -f "$D/nc/ncx.sock" "$D/nc/netconf.sock"
  # The number before the @ of a socket name must be the port that the client came to, or the server refuses it.
  # It writes its backups where it stands.
  (cd "$D/nc" && HOME=$D/nc exec netconfd --target=candidate --with-startup=true --with-validate=true --with-url=true --access-control=off --superuser=root --no-startup \
    --module=toaster --module=ietf-interfaces --module=ietf-system --port=22830 --ncxserver-sockname="$D/nc/ncx.sock" --eventlog-size=100 \
    --log="$D/nc/netconfd.log" --log-level=info --max-sessions=1024) > "$D/nc/out" 2>&1 < /dev/null & echo $! > "$D/nc/netconfd.pid"
  for _ in $(seq 100); do [ -S "$D/nc/ncx.sock" ] && break; sleep 0.1; done
  chmod 777 "$D/nc/ncx.sock"
  sshd_on netconf "Port 22830" "$keys" "UsePAM no" "PasswordAuthentication yes" "KbdInteractiveAuthentication no" "MaxSessions 1000" \
    "Subsystem netconf \"/usr/sbin/netconf-subsystem --ncxserver-sockname=22830@$D/nc/ncx.sock\""
  # What sshd would tell the subsystem; with it the same server speaks TLS and a Unix socket, too.
  cat > "$D/nc/sub.sh" <<E2
#!/bin/sh
export SSH_CONNECTION="127.0.0.1 1111 127.0.0.1 22830" USER=trgunix LOGNAME=trgunix
exec /usr/sbin/netconf-subsystem --ncxserver-sockname=22830@$D/nc/ncx.sock
E2
  chmod 755 "$D/nc/sub.sh"
  socat "UNIX-LISTEN:$D/nc/netconf.sock,fork,mode=666" "EXEC:$D/nc/sub.sh" > /dev/null 2> "$D/nc/unix.log" < /dev/null & echo $! > "$D/nc/unix.pid"
  cd "$D/tls"
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' > ext
  for ca in ca stranger; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $ca.key -out $ca.crt -subj /CN=$ca -days 30 2> /dev/null; done
  for n in server client; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $n.key -out $n.csr -subj /CN=$n 2> /dev/null
    openssl x509 -req -in $n.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out $n.crt -days 30 -extfile ext 2> /dev/null
  done
  cat server.crt server.key > server.pem; chmod -R a+rX "$D/tls"
  socat "OPENSSL-LISTEN:22513,bind=127.0.0.1,reuseaddr,fork,cert=$D/tls/server.pem,cafile=$D/tls/ca.crt,verify=1" "EXEC:$D/nc/sub.sh" > /dev/null 2> "$D/tls/log" < /dev/null & echo $! > "$D/tls/tls.pid"
}

# Where PostgreSQL's own programs are: Debian keeps each version in a folder of its own.
server_programs() { ls -d /usr/lib/postgresql/*/bin/initdb 2> /dev/null | sort -V | tail -1 | xargs -r dirname | grep .; }

# A server of our own, never the system's: in DIR/pg, with a password made now, its address in DIR/pg/url. It refuses to run as root.
as_postgres="setpriv --reuid=postgres --regid=postgres --init-groups"

# FAKE_CLOCK: a file that says by how much the server's wall clock is wrong.
database() {
  port=${1:-22432}; bin=$(server_programs); wrong=
  [ -z "${FAKE_CLOCK:-}" ] || wrong="env LD_PRELOAD=$(wrong_clock) FAKETIME_TIMESTAMP_FILE=$FAKE_CLOCK FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0"
  if [ ! -f "$D/pg/url" ]; then
    mkdir -p "$D/pg"; openssl rand -hex 16 > "$D/pg/password"; chown -R postgres "$D/pg"; chmod 700 "$D/pg"
    (cd / && $as_postgres "$bin/initdb" -D "$D/pg/data" -U trigger -A scram-sha-256 --pwfile="$D/pg/password" -E UTF8 --locale=C.UTF-8 > "$D/pg/initdb.log")
  fi
  # The tests crash the server and never the machine: what it has handed to the kernel is safe.
  (cd / && $as_postgres $wrong "$bin/pg_ctl" -D "$D/pg/data" -w -l "$D/pg/log" -o "-p $port -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" start > /dev/null)
  echo "postgres://trigger:$(cat "$D/pg/password")@127.0.0.1:$port/postgres?connect_timeout=60" > "$D/pg/url"
}

wrong_clock() { find /usr/lib /lib -name libfaketimeMT.so.1 2> /dev/null | head -1; }

# A second server that follows the one in the folder OF; it takes over when it is promoted.
standby() {
  mkdir -p "$D/pg"; cp "$1/pg/password" "$D/pg/password"; chown -R postgres "$D/pg"; chmod 700 "$D/pg"
  from=$(sed -n 4p "$1/pg/data/postmaster.pid")
  (cd / && PGPASSWORD=$(cat "$D/pg/password") $as_postgres "$(server_programs)/pg_basebackup" -h 127.0.0.1 -p "$from" -U trigger -D "$D/pg/data" -R -c fast -X stream)
  echo "postgres://trigger:$(cat "$D/pg/password")@127.0.0.1:$2/postgres?connect_timeout=60" > "$D/pg/url"
  database "$2"
}

promote() { (cd / && $as_postgres "$(server_programs)/pg_ctl" -D "$D/pg/data" -w promote > /dev/null); }

database_stop() { # immediate (as a crash), or fast
  [ -f "$D/pg/data/postmaster.pid" ] || return 0
  tr '\0' ' ' < "/proc/$(head -1 "$D/pg/data/postmaster.pid")/cmdline" 2> /dev/null | grep -qF "$D/pg" || return 0
  (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$(server_programs)/pg_ctl" -D "$D/pg/data" -w -m "$1" stop > /dev/null)
}

down() {
  [ -d "$D" ] || return 0
  database_stop immediate || true
  find "$D" -name '*.pid' ! -name postmaster.pid 2> /dev/null | while read -r f; do
    p=$(cat "$f")
    # The pid file may be old: only a process that still carries our folder, or is our inetd, is stopped.
    if tr '\0' ' ' < "/proc/$p/cmdline" 2> /dev/null | grep -qF "$D"; then kill "$p" 2> /dev/null || true; fi
  done
  # The users are this lab's own only if it made them.
  if [ -e "$D/users" ]; then
    for u in trgnet trgunix; do pkill -u $u 2> /dev/null || true; done
    userdel trgnet 2> /dev/null || true
    userdel -r trgunix 2> /dev/null || true
  fi
  rm -rf "$D"
}

case ${1:-} in
  packages) packages ;;
  peers) packages; dpkg -s python3-netmiko > /dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-netmiko > /dev/null ;;
  up) D=$2; mkdir -p "$D"; chmod 755 "$D"; users; routers; host_keys; servers; netconf; database ;;
  netconf) D=$2; mkdir -p "$D"; chmod 755 "$D"; users; host_keys; netconf ;;
  database) D=$2; mkdir -p "$D"; chmod 755 "$D"; database "${3:-}" ;;
  standby) D=$2; mkdir -p "$D"; chmod 755 "$D"; standby "$3" "$4" ;;
  promote) D=$2; promote ;;
  database-stop) D=$2; database_stop "${3:-immediate}" ;;
  down) D=$2; down ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
