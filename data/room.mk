# Files of this room.
nobase_dist_pkgdata_DATA += data/themes/dark.ini data/themes/light.ini data/themes/mono.ini data/keys/emacs.ini
nobase_dist_pkgdata_DATA += \
	data/demo/registry.json \
	data/demo/people.json \
	data/demo/cases.json \
	data/demo/send-mail.sh.in \
	data/demo/mail/01-gateway-login.txt \
	data/demo/mail/02-gateway-login-ack.txt \
	data/demo/mail/03-gateway-login-fix.txt \
	data/demo/mail/04-camera-rtsp.txt \
	data/demo/mail/05-camera-rtsp-ack.txt \
	data/demo/mail/06-camera-rtsp-question.txt \
	data/demo/mail/07-hub-pairing.txt \
	data/demo/mail/08-hub-pairing-duplicate.txt \
	data/demo/mail/09-gateway-mqtt-inline.txt \
	data/demo/mail/10-unknown-key.txt \
	data/demo/mail/11-bad-signature.txt \
	data/demo/mail/12-cert-notice.txt \
	data/demo/mail/13-cert-coordination.txt \
	data/demo/mail/14-html-only.txt \
	data/demo/mail/15-attachments.txt \
	data/demo/mail/16-beg-bounty.txt \
	data/demo/mail/17-spam.txt \
	data/demo/mail/18-hostile.txt \
	data/demo/mail/19-developer.txt \
	data/demo/mail/20-customer.txt \
	data/demo/mail/21-missing-signer.txt \
	data/demo/mail/22-broken-mime.txt \
	data/demo/mail/23-smime.txt \
	data/demo/mail/24-supplier.txt
nobase_dist_pkgdata_DATA += data/csaf-titles.tsv data/cwe.tsv data/language-subtags.tsv
nobase_dist_pkgdata_DATA += data/csaf-extensions.json data/id-systems.tsv data/licences.tsv
nobase_dist_pkgdata_DATA += data/cwe-history.tsv data/cwe-releases.tsv
nobase_dist_pkgdata_DATA += data/ssvc/points.tsv \
	data/ssvc/supplier.json data/ssvc/coordinator-triage.json data/ssvc/publish.json \
	data/ssvc/utility.json data/ssvc/public-safety-impact.json
nobase_dist_pkgdata_DATA += \
	data/templates/accepted.txt \
	data/templates/acknowledgement.txt \
	data/templates/ask-for-more.txt \
	data/templates/duplicate.txt \
	data/templates/need-encrypted-resend.txt \
	data/templates/pages/acknowledgments.html \
	data/templates/pages/policy.html \
	data/templates/publication.txt \
	data/templates/rejected.txt \
	data/templates/status-update.txt
EXTRA_DIST += data/SOURCES
